using System.Security.Cryptography;
using System.Text;

namespace Rialto.Cli.Tests.Commands.Secrets;

/// <summary>Tokens that look real, made while the tests run so that none stands in the sources.</summary>
internal static class Planted
{
    /// <summary>A token of the form that GitHub gives to persons.</summary>
    public static string Token { get; } = "gh" + "p_" + new string([.. Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes("planted"))).Where(char.IsAsciiLetterOrDigit).Take(36)]);
}
