using System.Buffers;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>What a user name on WhatsApp may be: <c>ann.lee_7</c>. Pure.</summary>
/// <remarks>
/// twilio.com/docs/whatsapp/key-concepts (business usernames; those of people are alike): 3 to 35 letters, digits, periods and underscores,
/// with a letter; no period at either end or beside another; not like an address of the web.
/// </remarks>
public static class UserNames
{
    private const int Shortest = 3;
    private const int Longest = 35;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._");

    private static readonly string[] Domains = [".com", ".org", ".net", ".edu", ".gov", ".mil", ".us", ".in", ".html"];

    /// <summary>What is wrong with a user name, or null.</summary>
    public static string? Fault(string name) =>
        name.Length is < Shortest or > Longest ? $"\"{name}\" has not {Shortest} to {Longest} characters"
        : name.AsSpan().ContainsAnyExcept(Allowed) ? $"\"{name}\" is not of letters, digits, periods and underscores alone"
        : !name.Any(char.IsAsciiLetter) ? $"\"{name}\" has no letter"
        : name[0] == '.' || name[^1] == '.' || name.Contains("..", StringComparison.Ordinal)
            ? $"\"{name}\" has a period at an end or beside another"
        : name.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            || Array.Exists(Domains, d => name.EndsWith(d, StringComparison.OrdinalIgnoreCase))
            ? $"\"{name}\" looks like an address of the web"
        : null;
}
