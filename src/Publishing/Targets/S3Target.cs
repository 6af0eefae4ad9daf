using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// S3 and what speaks like it. Files that are new or changed since the last good deployment are put first, pages after what they need, the
/// front page last; what the release has no more is removed at the end, so that no page ever names something that is not there.
/// </summary>
internal sealed class S3Target(TargetHttp http, TimeProvider clock) : ITargetDriver
{
    public string Kind => "s3";

    public (string[] Required, string[] Optional) Settings => (["endpoint", "bucket", "accessKeyId"], ["region", "prefix", "url"]);

    public bool NeedsSecret => true;

    public async Task<Deployed> DeployAsync(TargetAccess access, TargetRelease release, CancellationToken cancel)
    {
        var place = new Place(new Uri(access["endpoint"]), access["bucket"], access["prefix"].Trim('/'), new AwsSignature(access["accessKeyId"], access.Secret, access["region", "us-east-1"]));
        var before = (release.Before ?? []).ToDictionary(file => file.Path, StringComparer.Ordinal);
        var changed = release.Files.Where(file => IsCarried(file) && !(release.IsBeforeExact && before.TryGetValue(file.Path, out var old) && old.Blob == file.Blob && old.Type == file.Type))
            .OrderBy(file => file.IsPage ? file.Path == "index.html" ? 2 : 1 : 0).ThenBy(file => file.Path, StringComparer.Ordinal).ToArray();
        var bytes = 0L;
        foreach (var file in changed)
        {
            var headers = new Dictionary<string, string> { ["Cache-Control"] = SitePaths.IsHashed(file.Path) ? "public, max-age=31536000, immutable" : "no-cache" };
            await SendAsync(HttpMethod.Put, place, file.Path, headers, await release.ReadAsync(file, cancel), file.Type, cancel);
            bytes += file.Bytes;
        }
        var kept = release.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in before.Keys.Where(path => !kept.Contains(path)).Order(StringComparer.Ordinal)) await SendAsync(HttpMethod.Delete, place, gone, [], default, "", cancel);
        return new Deployed(access["url"] is { Length: > 0 } url ? url : null, null, changed.Length, bytes);
    }

    // Rules for a host that is not this one say nothing there.
    private static bool IsCarried(ManifestFile file) => file.Path is not ("_headers" or "_redirects");

    private async Task SendAsync(HttpMethod method, Place place, string path, Dictionary<string, string> headers, ReadOnlyMemory<byte> body, string type, CancellationToken cancel)
    {
        var key = string.Join('/', new[] { place.Bucket }.Concat(place.Prefix.Length > 0 ? place.Prefix.Split('/') : []).Concat(path.Split('/')).Select(Uri.EscapeDataString));
        var address = new Uri(place.Endpoint, "/" + key);
        var signed = new Dictionary<string, string>(headers);
        foreach (var (name, value) in place.Signature.Sign(method, address, headers, body.Span, clock.GetUtcNow())) signed[name] = value;
        TargetHttp.Require(await http.SendAsync(method, address, signed, body, type, cancel));
    }

    private sealed record Place(Uri Endpoint, string Bucket, string Prefix, AwsSignature Signature);
}
