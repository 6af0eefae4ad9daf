using System.Text.RegularExpressions;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>What a key may be allowed: <c>orders.write</c>, <c>orders.*</c>, <c>*</c>.</summary>
internal static partial class Scopes
{
    /// <exception cref="Refusal"><c>identity.scope_invalid</c>.</exception>
    public static void Require(IReadOnlyList<string> scopes)
    {
        if (scopes.Count is 0 or > 50) throw new Refusal("identity.scope_invalid", "Give a key 1 to 50 scopes, such as jobs.read.", 400);
        if (scopes.FirstOrDefault(scope => !Shape().IsMatch(scope)) is { } wrong)
            throw new Refusal("identity.scope_invalid", $"{wrong} is not a scope; write one as jobs.read, jobs.* or *.", 400);
    }

    /// <summary>True when <paramref name="caller"/> may do all that <paramref name="scope"/> allows.</summary>
    public static bool IsHeld(Caller caller, string scope) => caller.Permissions.Contains("*") || (scope != "*" && caller.Allows(scope));

    [GeneratedRegex(@"^(\*|[a-z][a-z_]{0,39}(\.[a-z][a-z_]{0,39}){1,3}|[a-z][a-z_]{0,39}\.\*)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
