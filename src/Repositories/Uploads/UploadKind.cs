using Rialto.Kernel;

namespace Rialto.Repositories.Uploads;

/// <summary>What an upload is, by its first bytes and nothing else.</summary>
internal enum UploadKind { Zip, Bundle }

/// <summary>Looks at first bytes.</summary>
internal static class UploadSniffer
{
    /// <exception cref="Refusal"><c>upload.unknown_kind</c>.</exception>
    public static UploadKind Of(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8) ? UploadKind.Zip
        : head.StartsWith("# v2 git bundle\n"u8) || head.StartsWith("# v3 git bundle\n"u8) ? UploadKind.Bundle
        : throw new Refusal("upload.unknown_kind", "Upload a ZIP archive, or a file made with git bundle create FILE --all.", 415);
}
