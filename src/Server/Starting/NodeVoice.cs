namespace Rialto.Server;

/// <summary>How a node speaks to whoever started it.</summary>
/// <param name="Answer">Lines that programs wait for: <c>ready http://…</c>, <c>published http://…</c>.</param>
/// <param name="Note">Everything else, for people.</param>
/// <param name="Ready">Called once with the address to show in a browser when the node serves: at the first start the link that signs its owner in.</param>
public sealed record NodeVoice(Action<string> Answer, Action<string> Note, Action<string>? Ready = null);
