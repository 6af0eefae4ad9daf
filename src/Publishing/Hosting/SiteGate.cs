using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// Who may look: everybody, those with the site's password, or members of the organisation. Who gave the password gets a cookie
/// signed with the site's own secret, so that any node knows it; a new password makes old cookies worthless.
/// </summary>
internal sealed class SiteGate(TimeProvider clock)
{
    private const string CookieName = "rialto-site", Field = "password";
    private const int CookieDays = 7, TriesPerMinute = 10, TriesOfAllPerMinute = 200, LongestBodyBytes = 4096, MostTries = 10_000;
    private readonly ConcurrentDictionary<(Guid Site, string Address, long Minute), int> tries = new();
    // Trying passwords is made slow, and must not take all processors from visitors.
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>True when the request may go on; otherwise it has been answered.</summary>
    public ValueTask<bool> LetsInAsync(HttpContext http, ServedSite site, string path, int at) => site.Visibility switch
    {
        Visibility.Public => new(true),
        Visibility.Password => AskPasswordAsync(http, site, path, at),
        _ => AskMembershipAsync(http, site),
    };

    private static async ValueTask<bool> AskMembershipAsync(HttpContext http, ServedSite site)
    {
        Caller? caller = null;
        try
        {
            if (http.RequestServices.GetService<ICallerSource>() is { } source) caller = await source.FindAsync(http, http.RequestAborted);
        }
        catch (Refusal)
        {
            // A wrong name is no name here.
        }
        if (caller is not null && caller.Tenant.Value == site.Tenant && caller.Allows("publishing.read")) return true;
        // The same words as for a name that was never given.
        await PlainPages.WriteAsync(http, StatusCodes.Status404NotFound, "There is no site at this address.");
        return false;
    }

    private async ValueTask<bool> AskPasswordAsync(HttpContext http, ServedSite site, string path, int at)
    {
        if (http.Request.Cookies.TryGetValue(CookieName, out var cookie) && IsSigned(site, cookie)) return true;
        var isWrong = false;
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType && http.Request.ContentLength <= LongestBodyBytes)
        {
            if (!MayTry(site, http))
            {
                await PlainPages.WriteAsync(http, StatusCodes.Status429TooManyRequests, "Too many attempts; wait a minute.");
                return false;
            }
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (await IsRightAsync(form[Field].ToString(), site, http.RequestAborted))
            {
                http.Response.Cookies.Append(CookieName, Sign(site, clock.GetUtcNow().AddDays(CookieDays)), new CookieOptions
                {
                    HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = at == 0 ? "/" : path[..(at + 1)], MaxAge = TimeSpan.FromDays(CookieDays),
                });
                await Redirect.To(http, http.Request.PathBase + path, StatusCodes.Status303SeeOther);
                return false;
            }
            isWrong = true;
        }
        await PlainPages.WriteAsync(http, StatusCodes.Status401Unauthorized, isWrong ? "That is not the password." : "This site asks for a password.",
            $"""<form method="post"><label>Password <input type="password" name="{Field}" autocomplete="current-password" required autofocus></label> <button>Open</button></form>""");
        return false;
    }

    private async Task<bool> IsRightAsync(string password, ServedSite site, CancellationToken cancel)
    {
        if (site.PasswordHash is null) return false;
        await turns.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => Passwords.IsRight(password, site.PasswordHash), cancel);
        }
        finally
        {
            turns.Release();
        }
    }

    // By who asks, and by all together: whoever has many addresses has no more guesses than that.
    private bool MayTry(ServedSite site, HttpContext http)
    {
        var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (tries.Count > MostTries)
            foreach (var old in tries.Keys)
                if (old.Minute < minute) tries.TryRemove(old, out _);
        return Count(site.Id, "", minute) <= TriesOfAllPerMinute && tries.Count <= 2 * MostTries && Count(site.Id, Neighbourhood(http.Connection.RemoteIpAddress), minute) <= TriesPerMinute;
    }

    private int Count(Guid site, string address, long minute) => tries.AddOrUpdate((site, address, minute), 1, (_, count) => count + 1);

    // One line has a whole network of IPv6 (RFC 6177), so that is who asks.
    internal static string Neighbourhood(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static string Sign(ServedSite site, DateTimeOffset until)
    {
        var words = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return words + "." + Convert.ToHexStringLower(Signature(site, words));
    }

    private bool IsSigned(ServedSite site, string cookie)
    {
        var dot = cookie.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || !long.TryParse(cookie[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var until)) return false;
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Signature(site, cookie[..dot])));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(cookie[(dot + 1)..])) && until > clock.GetUtcNow().ToUnixTimeSeconds();
    }

    private static byte[] Signature(ServedSite site, string words) => HMACSHA256.HashData(site.Secret, Encoding.UTF8.GetBytes($"{site.Id:N} {words} {site.PasswordHash}"));
}
