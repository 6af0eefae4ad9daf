namespace Rialto.Kernel;

/// <summary>Where blobs are kept, by the server's settings.</summary>
public static class BlobSettings
{
    private static readonly Setting<string> Store = Settings.Choice("blobs.store", "disk", "Where blobs are kept: disk, or s3 for a bucket that all nodes share.", "disk", "s3");
    private static readonly Setting<string> Endpoint = Settings.Text("blobs.s3_endpoint", "", "Address of the service that speaks S3, as https://s3.eu-central-1.amazonaws.com.", "an address", IsAddress);
    private static readonly Setting<string> Bucket = Settings.Text("blobs.s3_bucket", "", "Name of the bucket.");
    private static readonly Setting<string> Region = Settings.Text("blobs.s3_region", "us-east-1", "Region of the bucket.");
    private static readonly Setting<string> Prefix = Settings.Text("blobs.s3_prefix", "", "Put before every name in the bucket, as rialto/.");
    private static readonly Setting<string> AccessKey = Settings.Text("blobs.s3_access_key", "", "Id of the key to the bucket.");
    private static readonly Setting<string> SecretKey = Settings.Text("blobs.s3_secret_key", "", "The key to the bucket.") with { IsSecret = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [Store, Endpoint, Bucket, Region, Prefix, AccessKey, SecretKey];

    /// <summary>Opens the store the settings name.</summary>
    /// <param name="settings">The server's settings.</param>
    /// <param name="folder">Folder of the blobs on a disk, and of those on their way to a bucket.</param>
    /// <exception cref="Refusal"><c>settings.invalid</c> when a bucket is wanted and not named whole.</exception>
    public static IBlobStore Open(SettingLayers settings, string folder)
    {
        if (settings.Get(Store) == "disk") return new DiskBlobStore(folder);
        foreach (var needed in new[] { Endpoint, Bucket, AccessKey, SecretKey })
            if (settings.Get(needed).Length == 0) throw new Refusal("settings.invalid", $"blobs.store is s3, and then {needed.Name} is needed.", 400) { Details = new Dictionary<string, string> { ["setting"] = needed.Name } };
        var account = new S3Account(new Uri(settings.Get(Endpoint)), settings.Get(Bucket), settings.Get(Region), settings.Get(AccessKey), settings.Get(SecretKey)) { Prefix = settings.Get(Prefix) };
        return new S3BlobStore(account, folder);
    }

    private static bool IsAddress(string text) => text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http");
}
