namespace Rialto.Kernel;

/// <summary>SHA-256 of a blob's bytes, as 64 lower-case hexadecimal digits.</summary>
public readonly record struct BlobId
{
    private const int Digits = 64;

    private BlobId(string value) => Value = value;

    /// <summary>The digits.</summary>
    public string Value { get; }

    /// <summary>Reads a name that comes from elsewhere. Nothing but 64 hexadecimal digits passes, so it is safe as part of a path.</summary>
    /// <exception cref="Refusal"><c>blobs.name_invalid</c>.</exception>
    public static BlobId Parse(string text) => text.Length == Digits && text.All(char.IsAsciiHexDigitLower)
        ? new BlobId(text)
        : throw new Refusal("blobs.name_invalid", "A blob is named by the 64 lower-case hexadecimal digits of its SHA-256.", 400);

    internal static BlobId Of(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
