using System.Text.RegularExpressions;

namespace Strangers.Sweeping;

/// <summary>Names as all three SDKs may spell them: <c>flexApi</c>, <c>flex_api</c>, <c>FlexApi</c>; <c>calls</c>, <c>CallResource</c>.</summary>
internal static class Names
{
    public static string Plain(string name) => Regex.Replace(name, "[_.-]", "").ToLowerInvariant();

    /// <summary>A path by the classes' own names, one of each: this SDK says <c>account.call</c> where others say <c>accounts.calls</c>.</summary>
    public static string PlainPath(string path) => string.Join('.', path.Split('.').Select(part => One(Plain(part)))).Replace("availablephonenumbercountry", "availablephonenumber", StringComparison.Ordinal);

    private static string One(string name) =>
        name.EndsWith("ies", StringComparison.Ordinal) ? name[..^3] + "y"
        : Regex.IsMatch(name, "(sses|xes)$") ? name[..^2]
        : Regex.IsMatch(name, "[^su]s$") ? name[..^1]
        : name;
}
