using Dapper;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Answers the certificate authority at <c>/.well-known/acme-challenge/</c> (RFC 8555, 8.3), on whichever node it comes to.</summary>
internal sealed class ChallengeAnswers(Database database)
{
    public const string Prefix = "/.well-known/acme-challenge/";
    private const int ShortestToken = 16, LongestToken = 128;

    public async Task AnswerAsync(HttpContext http, string token)
    {
        string? answer = null;
        if (token.Length is >= ShortestToken and <= LongestToken && token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            try
            {
                await using var platform = await database.BeginAsync(TenantId.Platform, http.RequestAborted);
                answer = await platform.Connection.ExecuteScalarAsync<string?>("select answer from publishing.acme_challenges where tenant_id = kernel.current_tenant() and token = @token", new { token });
            }
            catch (Exception lost) when (lost is NpgsqlException or Refusal { Code: "database.unreachable" })
            {
                await PlainPages.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "The database does not answer just now.");
                return;
            }
        }
        if (answer is null)
        {
            await PlainPages.WriteAsync(http, StatusCodes.Status404NotFound, "Nobody asked for this.");
            return;
        }
        http.Response.ContentType = "application/octet-stream";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(answer, http.RequestAborted);
    }
}
