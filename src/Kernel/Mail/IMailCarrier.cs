namespace Rialto.Kernel;

/// <summary>Takes mail away: to a server by SMTP, or into a folder where none is named.</summary>
public interface IMailCarrier
{
    /// <summary>Hands a message over. It may come twice when the connection breaks at the very end, never not at all.</summary>
    /// <exception cref="Refusal"><c>mail.refused</c> when it will never be taken; <c>mail.not_now</c> (503) when another try may help.</exception>
    Task SendAsync(MailMessage message, CancellationToken cancel = default);
}

/// <summary>A message in plain text to one person.</summary>
/// <param name="To">Address, <c>name@example.org</c>.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Lines end as they like.</param>
public sealed record MailMessage(string To, string Subject, string Text)
{
    /// <summary>BCP 47 code of the language it is in, for <c>Content-Language</c>.</summary>
    public string? Language { get; init; }
}
