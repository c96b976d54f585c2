using System.Text;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Accounts.Keys;

/// <summary>Whom an app let in from a browser or a phone.</summary>
/// <param name="Account">Whose app.</param>
/// <param name="Identity">The user's name there.</param>
/// <param name="ChatService">The service of conversations it opens (<c>IS</c>); null for none.</param>
public sealed record SdkToken(AccountSid Account, string Identity, string? ChatService);

/// <summary>Reads the access tokens that apps make for SDKs of browsers and phones, signed with the secret of an API key.</summary>
/// <remarks>
/// twilio.com/docs/iam/access-tokens; restricted keys sign none (twilio.com/docs/iam/api-keys/restricted-api-keys). Header <c>cty</c>
/// <c>twilio-fpa;v=1</c>; claims <c>iss</c> (key), <c>sub</c> (account), <c>exp</c>, <c>nbf</c>,
/// <c>grants</c> with <c>identity</c> and <c>chat.service_sid</c>. They are made by the clock of the app's machine, which is
/// the wall's, and are good by it whatever the world's says. Codes: twilio.com/docs/api/errors/20101 to 20107. Loop-confined.
/// </remarks>
internal static class SdkTokens
{
    // Grants of all kinds and an identity of 256 characters lie far below; a header line of more the host refuses anyway.
    private const int MaxLength = 8 * 1024;

    private const string Kind = "twilio-fpa";

    // twilio.com/docs/api/errors/20104.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Whom it lets in, or why nobody.</summary>
    public static SdkToken? Read(AccountBook book, string text, DateTimeOffset wall, out TwilioError? refusal)
    {
        if (WebToken.Read(text, MaxLength) is not { } token) return Refuse(20101, out refusal);
        if (WebToken.Text(token.Header, "alg") != "HS256"
            || WebToken.Text(token.Header, "cty")?.StartsWith(Kind, StringComparison.Ordinal) != true)
        {
            return Refuse(20102, out refusal);
        }
        if (token.Claims is not { } claims) return Refuse(20101, out refusal);
        if (book.Keys.Find(WebToken.Text(claims, "iss") ?? "") is not { } key || WebToken.Text(claims, "sub") != key.Account.Value
            || key.Kind == KeyKind.Restricted || book.Find(key.Account) is not { } account || !book.IsActive(account))
        {
            return Refuse(20103, out refusal);
        }
        if (!token.IsSignedWith(Encoding.UTF8.GetBytes(key.Secret))) return Refuse(20107, out refusal);
        if (token.FaultAt(wall, Longest) is { } fault) return Refuse(fault, out refusal);
        var grants = WebToken.Part(claims, "grants");
        if (WebToken.Text(grants, "identity") is not { Length: > 0 } identity) return Refuse(20106, out refusal);
        refusal = null;
        return new SdkToken(key.Account, identity, WebToken.Text(WebToken.Part(grants, "chat"), "service_sid"));
    }

    private static SdkToken? Refuse(int code, out TwilioError? refusal)
    {
        refusal = ErrorCodes.Error(code);
        return null;
    }
}
