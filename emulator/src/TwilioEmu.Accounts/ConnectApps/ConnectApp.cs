using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Accounts.ConnectApps;

/// <summary>An app by which accounts let another account act for them; made in the Console, here by config.</summary>
/// <remarks>
/// twilio.com/docs/iam/api/connect-apps and, as an account that said yes sees it, twilio.com/docs/iam/api/authorized-connect-apps.
/// </remarks>
/// <param name="Sid">CN and 32 hex digits.</param>
/// <param name="Account">Whose it is, or who authorized it.</param>
public sealed record ConnectApp(string Sid, AccountSid Account) : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<ConnectApp> Form = new("connect_app", static (r, m) => new ConnectApp(
        m.Text("sid", r?.Sid), m.Account("account_sid", r?.Account))
    {
        IsAuthorization = m.Flag("authorization", r?.IsAuthorization),
        FriendlyName = m.Text("friendly_name", r?.FriendlyName),
        CompanyName = m.Text("company_name", r?.CompanyName),
        Description = m.Text("description", r?.Description),
        HomepageUrl = m.Text("homepage_url", r?.HomepageUrl),
        AuthorizeRedirectUrl = m.Text("authorize_redirect_url", r?.AuthorizeRedirectUrl),
        DeauthorizeCallbackUrl = m.Text("deauthorize_callback_url", r?.DeauthorizeCallbackUrl),
        DeauthorizeCallbackMethod = m.Text("deauthorize_callback_method", r?.DeauthorizeCallbackMethod),
        Permissions = m.Texts("permissions", r?.Permissions),
    });

    /// <summary>True as an account sees another's app that it authorized.</summary>
    public bool IsAuthorization { get; init; }

    public string FriendlyName { get; init; } = "";

    public string CompanyName { get; init; } = "";

    public string Description { get; init; } = "";

    public string HomepageUrl { get; init; } = "";

    public string AuthorizeRedirectUrl { get; init; } = "";

    public string DeauthorizeCallbackUrl { get; init; } = "";

    public string DeauthorizeCallbackMethod { get; init; } = "POST";

    /// <summary><c>get-all</c>, <c>post-all</c>.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    public string Key => Sid;

    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("friendly_name", FriendlyName);
        json.WriteString("company_name", CompanyName);
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "account_sid": to.Write(Account.Value); break;
            case "sid" or "connect_app_sid": to.Write(Sid); break;
            case "friendly_name" or "connect_app_friendly_name": to.Write(FriendlyName); break;
            case "company_name" or "connect_app_company_name": to.Write(CompanyName); break;
            case "description" or "connect_app_description": to.Write(Description); break;
            case "homepage_url" or "connect_app_homepage_url": to.Write(HomepageUrl); break;
            case "authorize_redirect_url": to.Write(AuthorizeRedirectUrl); break;
            case "deauthorize_callback_url": to.Write(DeauthorizeCallbackUrl); break;
            case "deauthorize_callback_method": to.Write(DeauthorizeCallbackMethod); break;
            case "uri": to.Write($"/2010-04-01/Accounts/{Account}/{(IsAuthorization ? "Authorized" : "")}ConnectApps/{Sid}.json"); break;
            case "permissions":
                to.Json.WriteStartArray();
                foreach (var permission in Permissions) to.Json.WriteStringValue(permission);
                to.Json.WriteEndArray();
                break;
        }
    }
}
