using TwilioEmu.Accounts.ConnectApps;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Accounts.OAuth;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads the accounts of a file, with what is theirs from the start: keys, apps, test credentials.</summary>
internal static class AccountReader
{
    private const string Minted = "minted unless told";
    private const string Name = "its name";
    private const double MaxBalance = 1_000_000_000;
    private static readonly TimeSpan MinTokenLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxTokenLifetime = TimeSpan.FromDays(30);

    // Whose it is and, where none is told, its SID are the book's to say.
    private static readonly ConnectApp NoApp = new("", AccountSid.None);

    // twilio.com/docs/iam/api/connect-apps.
    private static readonly string[] ConnectPermissions = ["get-all", "post-all"];

    public static Settings<AccountSpec> TestCredentialRows { get; } = new Settings<AccountSpec>()
        .Need("sid", "AC and 32 hex digits", "the test account", Words.AccountSid, static (t, v) => t with { Sid = new AccountSid(v) })
        .Need("auth_token", "text", "its token", Words.AuthToken, static (t, v) => t with { AuthToken = v });

    public static Settings<KeySpec> KeyRows { get; } = new Settings<KeySpec>()
        .Text("sid", "SK and 32 hex digits", Minted, Sid("SK", "a key's SID"), static (k, v) => k with { Sid = v })
        .Text("secret", "text", Minted, Words.AuthToken, static (k, v) => k with { Secret = v })
        .Text("friendly_name", "text", Name, Words.FriendlyName, static (k, v) => k with { FriendlyName = v })
        .OneOf("type", KeyKinds.Words, "what it may (standard)", static (k, v) => k with { Kind = v })
        .Texts("allow", "list of permissions", "of a restricted key", static (k, v) => k with { Policy = new Policy(v, []) });

    public static Settings<OAuthAppSpec> OAuthRows { get; } = new Settings<OAuthAppSpec>()
        .Text("client_id", "OQ and 32 letters or digits", Minted, ClientId, static (a, v) => a with { ClientId = v })
        .Text("client_secret", "text", Minted, Words.AuthToken, static (a, v) => a with { ClientSecret = v })
        .Text("friendly_name", "text", Name, Words.FriendlyName, static (a, v) => a with { FriendlyName = v })
        .Texts("allow", "list of permissions", "what its tokens may", static (a, v) => a with { Policy = new Policy(v, []) })
        .Duration("token_lifetime", "1m to 30d", static (a, v) => a with { TokenLifetime = v });

    public static Settings<ConnectApp> ConnectRows { get; } = new Settings<ConnectApp>()
        .Text("sid", "CN and 32 hex digits", Minted, Sid("CN", "a connect app's SID"), static (a, v) => a with { Sid = v })
        .Text("friendly_name", "text", Name, null, static (a, v) => a with { FriendlyName = v })
        .Text("company_name", "text", "as shown", null, static (a, v) => a with { CompanyName = v })
        .Text("description", "text", "as shown", null, static (a, v) => a with { Description = v })
        .Text("homepage_url", "URL", "as shown", Words.Url, static (a, v) => a with { HomepageUrl = v })
        .Text("authorize_redirect_url", "URL", "where users come back to", Words.Url, static (a, v) => a with { AuthorizeRedirectUrl = v })
        .Text(
            "deauthorize_callback_url", "URL", "told when it is deauthorized", Words.Url,
            static (a, v) => a with { DeauthorizeCallbackUrl = v })
        .Text(
            "deauthorize_callback_method", "GET or POST", "how (POST)", Words.Method,
            static (a, v) => a with { DeauthorizeCallbackMethod = v })
        .Texts("permissions", "get-all, post-all", "what it may", static (a, v) => a with { Permissions = v });

    private static readonly string[] VerifyChannels = ["sms", "call", "email", "whatsapp"];

    /// <summary>What <c>POST /_emu/v1/accounts</c> can say too.</summary>
    public static Settings<AccountSpec> CoreRows { get; } = AddCore(new Settings<AccountSpec>());

    public static Settings<AccountSpec> Rows { get; } = AddCore(new Settings<AccountSpec>())
        .Text("parent", "SID or name of an account above", "makes it a subaccount", Words.NonEmpty, static (a, v) => a with { Parent = v })
        .Flag("trial", "a trial account (false)", static (a, v) => a with { IsTrial = v })
        .OneOf(
            "media_auth",
            ["required", "off"], "whether media and recordings are served to who shows credentials only (required)",
            static (a, v) => a with { OpensMedia = v == "off" })
        .Flag("mms", "false: an account without MMS (21622)", static (a, v) => a with { LacksMms = !v })
        .Whole(
            "messages_per_day",
            1, 1_000_000, "how many it may send in any 24 hours; more are 63038 (any; of a trial account 50)",
            static (a, v) => a with { MessagesPerDay = v })
        .Texts(
            "verify_blocks", "list of ISO countries", "where Verify's geo permissions let no code go by SMS and call (60605)",
            static (a, v) => a with { VerifyBlocks = [.. v.Select(c => c.ToUpperInvariant())] })
        .Texts(
            "verify_channels_off", "list of sms, call, email, whatsapp", "channels that its Verify services have switched off (60223)",
            static (a, v) => a with { VerifyChannelsOff = [.. v] })
        .Texts(
            "verify_restricted_words", "list of words", "what no Verify service may have in its name (60248)",
            static (a, v) => a with { VerifyRestrictedWords = [.. v] })
        .Flag(
            "suspended", "a suspended account (false)",
            static (a, v) => a with { Status = v ? AccountStatus.Suspended : AccountStatus.Active })
        .Number("balance", -MaxBalance, MaxBalance, "US dollars", static (a, v) => a with { Balance = (decimal)v })
        .Mapping(
            "test_credentials", "its test SID and token",
            TestCredentialRows, new AccountSpec { IsTest = true }, static (a, v) => a with { TestCredentials = v })
        .List("api_keys", "API keys", KeyRows, new KeySpec(), static (a, v) => a with { Keys = v }, static (key, at) =>
        {
            if (key is { Kind: not KeyKind.Restricted, Policy: not null })
            {
                at.Fault("allow", $"{at.PathOf("allow")} is for keys of type restricted");
            }
            CheckPolicy(key.Policy, at);
        })
        .List("oauth_apps", "OAuth apps", OAuthRows, new OAuthAppSpec(), static (a, v) => a with { OAuthApps = v }, static (app, at) =>
        {
            if (app.TokenLifetime < MinTokenLifetime || app.TokenLifetime > MaxTokenLifetime)
            {
                at.Fault("token_lifetime", $"{at.PathOf("token_lifetime")} must be 1 minute to 30 days");
            }
            CheckPolicy(app.Policy, at);
        })
        .List("connect_apps", "connect apps it has", ConnectRows, NoApp, static (a, v) => a with { ConnectApps = v }, CheckPermissions)
        .List(
            "authorized_connect_apps", "connect apps it has authorized",
            ConnectRows, NoApp with { IsAuthorization = true }, static (a, v) => a with { ConnectApps = [.. a.ConnectApps, .. v] },
            CheckPermissions);

    public static List<AccountSpec> Read(Fields fields)
    {
        var above = new List<AccountSpec>();
        return Rows.ReadAll(fields, "accounts", new AccountSpec(), (account, at) =>
        {
            if (account.Sid is not null && above.Any(a => a.Sid == account.Sid))
            {
                at.Fault("sid", $"the account {account.Sid} stands there twice");
            }
            if (account.Parent is { } parent && !above.Any(a => a.Sid?.Value == parent || a.FriendlyName == parent))
            {
                at.Fault(
                    "parent",
                    $"{at.PathOf("parent")}: no account above is called "
                        + $"\"{parent}\"{Spelling.Hint(parent, above.Select(a => a.FriendlyName ?? ""))}");
            }
            foreach (var country in account.VerifyBlocks.Where(c => NumberPlans.FindCountry(c) is null))
            {
                at.Fault("verify_blocks", $"{at.PathOf("verify_blocks")}: \"{country}\" is no country: two letters of ISO 3166-1 are");
            }
            foreach (var channel in account.VerifyChannelsOff.Where(c => !VerifyChannels.Contains(c)))
            {
                at.Fault(
                    "verify_channels_off",
                    $"{at.PathOf("verify_channels_off")}: \"{channel}\" is none of {string.Join(", ", VerifyChannels)}"
                        + Spelling.Hint(channel, VerifyChannels));
            }
            above.Add(account);
        });
    }

    private static Settings<AccountSpec> AddCore(Settings<AccountSpec> rows) => rows
        .Text("sid", "AC and 32 hex digits", Minted, Words.AccountSid, static (a, v) => a with { Sid = new AccountSid(v) })
        .Text("auth_token", "text", Minted, Words.AuthToken, static (a, v) => a with { AuthToken = v })
        .Text("friendly_name", "text", Name, Words.FriendlyName, static (a, v) => a with { FriendlyName = v });

    private static void CheckPolicy(Policy? policy, Fields at)
    {
        if (policy?.Fault() is { } wrong) at.Fault("allow", $"{at.PathOf("allow")}: {wrong}");
    }

    private static void CheckPermissions(ConnectApp app, Fields at)
    {
        foreach (var permission in app.Permissions.Except(ConnectPermissions))
        {
            at.Fault("permissions", $"\"{permission}\" is no permission: {string.Join(", ", ConnectPermissions)}");
        }
    }

    private static Func<string, string?> Sid(string prefix, string what) =>
        text => SidMint.IsSid(text, prefix) ? null : $"\"{text}\" is not {what}: {prefix} and 32 hex digits";

    private static string? ClientId(string text) =>
        text.Length == SidMint.Length && text.StartsWith("OQ", StringComparison.Ordinal) && text.All(char.IsAsciiLetterOrDigit) ? null
            : $"\"{text}\" is not a client id: OQ and 32 letters or digits";
}
