namespace Rialto.Kernel;

/// <summary>A bucket and who may use it.</summary>
/// <param name="Endpoint">Address of the service: <c>https://s3.eu-central-1.amazonaws.com</c>. The bucket is the first part of the path.</param>
/// <param name="Bucket">Name of the bucket.</param>
/// <param name="Region">Region in the signature; many self-hosted services take <c>us-east-1</c>.</param>
/// <param name="AccessKey">Id of the key.</param>
/// <param name="SecretKey">The key.</param>
public sealed record S3Account(Uri Endpoint, string Bucket, string Region, string AccessKey, string SecretKey)
{
    /// <summary>Put before every name, as <c>rialto/</c>; empty for none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Endpoint} {Bucket}";
}
