using System.Net;
using System.Security.Cryptography;

namespace TwilioEmu.Access;

/// <summary>Who is let in from the network, besides what an account's own credentials open.</summary>
internal sealed record AccessOptions
{
    /// <summary>The word that switches the token off.</summary>
    public const string Off = "off";

    /// <summary>Every origin, in <see cref="CorsOrigins"/>.</summary>
    public const string Anyone = "*";

    private const int TokenBytes = 16;

    /// <summary>What the control API asks for (RFC 6750); null when it asks for nothing.</summary>
    public string? ControlToken { get; init; }

    /// <summary>Origins whose pages may read answers: <c>http://localhost:3000</c>; <c>*</c> is any, for REST alone.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>What a port asks for: what was given, nothing on loopback, and else a token made now.</summary>
    /// <param name="given">A token, <c>off</c>, or null when nobody says.</param>
    /// <param name="host">Bind address.</param>
    public static string? TokenFor(string? given, string host) =>
        given == Off ? null : given ?? (IsLoopback(host) ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));

    /// <summary>True for an address that only this machine reaches.</summary>
    public static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
