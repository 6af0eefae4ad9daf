using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rialto.Kernel.Tests;

/// <summary>A little module as modules are written, to try operations on.</summary>
internal static class Notes
{
    public static readonly SchemaSource Schema = new("notes", [new Migration(1, "0001_notes", """
        create table notes.notes (
          tenant_id uuid not null default kernel.current_tenant(), id uuid not null, text text not null, rank int not null, version int not null default 1,
          primary key (tenant_id, id));
        select kernel.tenant_wall('notes.notes');
        """)]);

    public static readonly EventKind<Note> Written = new("notes.written", NotesJson.Default.Note);

    private static readonly Listing<Note> All = new("notes.notes", "id, text, rank, version",
        row => new Note { Id = row.GetGuid(0), Text = row.GetString(1), Rank = row.GetInt32(2), Version = row.GetInt32(3) },
        [("rank", "rank", "int"), ("text", "text", "text")], [("text", "text", "text"), ("rank", "rank", "int")]);

    public static void Add(IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, NotesJson.Default));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/notes", Write).As(new Operation("notes.write", "notes.write", "Writes a note.")
        {
            Changes = true, Refusals = [new RefusalNote("notes.forbidden_word", 422, "the text is not allowed")], Example = """{"text":"Buy bread","rank":1}""",
        });
        routes.MapGet("/api/v1/notes", List).As(new Operation("notes.list", "notes.read", "Lists notes."));
        routes.MapPut("/api/v1/notes/{id:guid}", Change).As(new Operation("notes.change", "notes.write", "Changes a note.") { Changes = true });
        routes.MapPost("/api/v1/notes/break", Break).As(new Operation("notes.break", "notes.write", "Writes and then breaks.") { Changes = true });
        routes.MapGet("/api/v1/notes/rare", Rare).As(new Operation("notes.rare", "notes.read", "May be called twice a minute.") { MostPerMinute = 2 });
    }

    private static async Task<Created<Note>> Write(WriteNote request, TenantSession session, CancellationToken cancel)
    {
        var note = new Note { Id = Guid.CreateVersion7(), Text = request.Text, Rank = request.Rank, Version = 1 };
        await session.Connection.ExecuteAsync("insert into notes.notes (id, text, rank) values (@Id, @Text, @Rank)", note);
        await session.AnnounceAsync(Written, note, cancel: cancel);
        if (request.Text == "slow") await Task.Delay(300, cancel);
        if (request.Text == "curse") throw new Refusal("notes.forbidden_word", "Find another word.");
        return TypedResults.Created($"/api/v1/notes/{note.Id}", note);
    }

    private static async Task<Ok<Page<Note>>> List([AsParameters] PageQuery page, string? text, string? rank, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await All.ReadAsync(session, page, new Dictionary<string, string?> { ["text"] = text, ["rank"] = rank }, cancel));

    private static async Task<Ok<Note>> Change(Guid id, WriteNote request, HttpContext http, TenantSession session)
    {
        var version = await session.Connection.ExecuteScalarAsync<int?>("select version from notes.notes where id = @id for update", new { id })
            ?? throw new Refusal("notes.not_found", "There is no such note.", 404);
        Etags.RequireMatch(http, $"{version}");
        await session.Connection.ExecuteAsync("update notes.notes set text = @Text, rank = @Rank, version = version + 1 where id = @id", new { request.Text, request.Rank, id });
        Etags.Tell(http, $"{version + 1}");
        return TypedResults.Ok(new Note { Id = id, Text = request.Text, Rank = request.Rank, Version = version + 1 });
    }

    private static async Task<NoContent> Break(TenantSession session)
    {
        await session.Connection.ExecuteAsync("insert into notes.notes (id, text, rank) values (uuidv7(), 'half', 0)");
        throw new InvalidOperationException("secret inner words");
    }

    private static Ok Rare(Caller caller) => caller.Subject.Length > 0 ? TypedResults.Ok() : throw new InvalidOperationException();
}

internal sealed record WriteNote
{
    [Required, StringLength(20, MinimumLength = 1)]
    public required string Text { get; init; }

    [Range(0, 100)]
    public required int Rank { get; init; }

    public NoteAuthor? Author { get; init; }
}

internal sealed record NoteAuthor
{
    [EmailAddress]
    public required string Email { get; init; }
}

internal sealed record Note
{
    public required Guid Id { get; init; }

    public required string Text { get; init; }

    public required int Rank { get; init; }

    public required int Version { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WriteNote))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Page<Note>))]
internal sealed partial class NotesJson : JsonSerializerContext;
