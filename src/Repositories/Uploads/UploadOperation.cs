using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;
using Rialto.Repositories.Connected;
using Rialto.Repositories.Refs;
using Rialto.Repositories.Webhooks;

namespace Rialto.Repositories.Uploads;

/// <summary>A repository brought as a file. Brought again under the same name it is the same repository, and what changed is published like a push.</summary>
internal static class UploadOperation
{
    private const int LongestName = 60;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/repositories/uploads", Handle).As(
        new Operation("repositories.upload", "repositories.write", "Takes a repository as a ZIP archive or a Git bundle in the request's body, new or as the next version of one of that name.")
        {
            Changes = true, MostPerMinute = 30,
            Refusals =
            [
                new RefusalNote("upload.name_invalid", 422, "the name is no word"), new RefusalNote("upload.unknown_kind", 415, "it is neither an archive nor a bundle"), new RefusalNote("upload.too_large", 413, "it, or a file in it, is too large"),
                new RefusalNote("upload.bomb", 413, "far more comes out of it than fits"), new RefusalNote("upload.too_many_files", 413, "it holds too many files"), new RefusalNote("upload.bad_path", 422, "it holds a name that leads elsewhere"),
                new RefusalNote("upload.bad_entry", 422, "it holds what is no file, or one name twice"), new RefusalNote("upload.damaged", 422, "it cannot be read"), new RefusalNote("upload.empty", 422, "it holds nothing"),
            ],
        });

    private static async Task<Ok<RepositoryInfo>> Handle(HttpContext http, string name, string? site, TenantSession session, UploadedRepositories uploads, RepositorySecrets secrets, CancellationToken cancel)
    {
        if (name.Length is 0 or > LongestName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') || name[0] is '.' or '-')
            throw new Refusal("upload.name_invalid", $"Give the repository a name of up to {LongestName} letters, digits, hyphens, dots and underscores.", 422);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = UploadLimits.MostBytes + 1;
        var source = "upload:" + name;
        var known = await RepositoryStore.TryFindAsync(session, source, cancel);
        var taken = await uploads.TakeAsync(http.Request.Body, known is null ? null : await UploadStore.BundleAsync(session, known.Id, cancel), cancel);
        if (known is null)
        {
            var id = Guid.CreateVersion7();
            known = await RepositoryStore.AddAsync(session, new NewRepository
            {
                Id = id, Kind = "upload", Provider = "upload", Source = source, Name = name, DefaultBranch = taken.DefaultBranch, HeadCommit = taken.Head, IsPrivate = true,
                HookSecret = (await secrets.NewHookSecretAsync(session, id, cancel)).Kept, Site = site,
            }, cancel) ?? throw new Refusal("repositories.connected_already", $"{name} was uploaded at the same moment by somebody else; try again.", 409);
        }
        await UploadStore.KeepAsync(session, known.Id, taken, cancel);
        return TypedResults.Ok(await RepositoryStore.FindAsync(session, known.Id, cancel));
    }
}

/// <summary>Uploads as rows.</summary>
internal static class UploadStore
{
    /// <summary>The bundle of an uploaded repository.</summary>
    public static async Task<BlobId?> BundleAsync(TenantSession session, Guid repository, CancellationToken cancel) =>
        await session.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select bundle from repositories.uploads where tenant_id = @tenant and repository_id = @repository", new { tenant = session.Tenant.Value, repository }, cancellationToken: cancel)) is { } text ? BlobId.Parse(text) : null;

    /// <summary>Keeps a version and tells what moved, as a push would.</summary>
    public static async Task KeepAsync(TenantSession session, Guid repository, Upload taken, CancellationToken cancel)
    {
        var isFirst = await BundleAsync(session, repository, cancel) is null;
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into repositories.uploads (repository_id, bundle) values (@repository, @bundle)
            on conflict (tenant_id, repository_id) do update set bundle = excluded.bundle, at = clock_timestamp();
            update repositories.repositories set default_branch = @DefaultBranch, head_commit = @Head, pushed_at = clock_timestamp() where tenant_id = @tenant and id = @repository
            """, new { repository, bundle = taken.Bundle.Value, taken.DefaultBranch, taken.Head, tenant = session.Tenant.Value }, cancellationToken: cancel));
        if (isFirst)
        {
            // What a new repository begins with is no news; its site is asked for by its being connected.
            await Branches.BeginAsync(session, repository, new RefTable(taken.Head, taken.DefaultBranch, taken.Branches.ToDictionary(branch => RefTable.Branches + branch.Name, branch => branch.Commit)), cancel);
            return;
        }
        var known = await RepositoryStore.FindAsync(session, repository, cancel);
        var moves = new BranchMoves(session);
        foreach (var (branch, commit) in taken.Branches.Take(50)) moves.Add(known, new PushMessage(null, branch, null, commit, taken.DefaultBranch));
        await moves.TellAsync(cancel);
    }
}
