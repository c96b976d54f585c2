using System.Text.Json;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.OAuth;

/// <summary>An app that gets access tokens for an account by its own id and secret (OAuth 2.0 client credentials, RFC 6749 §4.4).</summary>
/// <remarks>twilio.com/docs/iam/oauth-apps/account-oauth-apps-resource.</remarks>
/// <param name="Sid">OQ and 32 characters: its client id.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Secret">Shown once.</param>
/// <param name="Policy">What its tokens may do.</param>
/// <param name="DateCreated">When.</param>
public sealed record OAuthApp(string Sid, AccountSid Account, string Secret, Policy Policy, DateTimeOffset DateCreated) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<OAuthApp> Form = new("oauth_app", static (r, m) => new OAuthApp(
        m.Text("sid", r?.Sid), m.Account("account_sid", r?.Account), m.Text("secret", r?.Secret),
        m.Part("policy", r?.Policy, Policy.Walk), m.Instant("date_created", r?.DateCreated))
    {
        FriendlyName = m.Text("friendly_name", r?.FriendlyName),
        Description = m.Text("description", r?.Description),
        TokenLifetime = m.Span("token_lifetime", r?.TokenLifetime),
    });

    public static readonly TimeSpan DefaultTokenLifetime = TimeSpan.FromHours(1);

    public string FriendlyName { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>How long a token lives: 1 minute to 30 days (twilio.com/docs/iam/oauth-apps/account-oauth-apps).</summary>
    public TimeSpan TokenLifetime { get; init; } = DefaultTokenLifetime;

    public string Key => Sid;

    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("account_sid", Account.Value);
        json.WriteString("friendly_name", FriendlyName);
        json.WriteString("secret", "(redacted)");
        json.WritePropertyName("policy");
        Policy.Write(json);
    }
}

/// <summary>An app as REST shows it; with its secret only when it was just made.</summary>
internal sealed class OAuthAppFace(OAuthApp app, bool isNew) : IFace
{
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "type": to.Write("Client Credential"); break;
            case "sid": to.Write(app.Sid); break;
            case "friendly_name": to.Write(app.FriendlyName); break;
            case "description": to.Write(app.Description); break;
            case "date_created": to.Write(app.DateCreated); break;
            // A user's SID in the live service, which has users; here it is the account that made it.
            case "created_by": to.Write(app.Account.Value); break;
            case "secret" when isNew: to.Write(app.Secret); break;
            case "status": to.Write("ACTIVE"); break;
            case "policy": app.Policy.Write(to.Json); break;
            case "access_token_ttl": to.Write((long)app.TokenLifetime.TotalSeconds); break;
        }
    }
}
