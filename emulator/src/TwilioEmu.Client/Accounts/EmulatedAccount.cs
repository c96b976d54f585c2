using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Serialization;

namespace TwilioEmu;

/// <summary>An account of the emulator, with the token that opens it.</summary>
/// <param name="Sid"><c>AC</c> and 32 hex digits.</param>
/// <param name="AuthToken">For Basic authentication, and what webhooks of this account are signed with.</param>
/// <param name="FriendlyName">1 to 64 characters.</param>
public sealed record EmulatedAccount(string Sid, string AuthToken, string FriendlyName)
{
    /// <summary>The header that authenticates REST requests as this account: SID and token by Basic.</summary>
    [JsonIgnore]
    public AuthenticationHeaderValue Authorization => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Sid}:{AuthToken}")));

    /// <summary>Leaves the token out, so that it does not slip into logs.</summary>
    public override string ToString() => $"{Sid} ({FriendlyName})";
}

/// <summary>An answer of <c>GET /accounts</c>.</summary>
internal sealed record AccountPage(IReadOnlyList<EmulatedAccount> Accounts);
