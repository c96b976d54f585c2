using System.Collections.Frozen;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads the accounts of a file, with what is theirs from the start: keys, apps, test credentials.</summary>
internal static class AccountReader
{
    private const double MaxBalance = 1_000_000_000;
    private static readonly TimeSpan MinTokenLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxTokenLifetime = TimeSpan.FromDays(30);

    private static readonly FrozenDictionary<string, ApiKeyType> KeyTypes = new Dictionary<string, ApiKeyType>
    {
        ["standard"] = ApiKeyType.Standard,
        ["main"] = ApiKeyType.Main,
        ["restricted"] = ApiKeyType.Restricted,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // twilio.com/docs/iam/api/connect-apps.
    private static readonly string[] ConnectPermissions = ["get-all", "post-all"];

    public static List<AccountConfig> Read(Fields fields)
    {
        var accounts = new List<AccountConfig>();
        foreach (var (item, path) in fields.List("accounts"))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } account) continue;
            var read = ReadOne(account);
            if (read.Sid is not null && accounts.Any(a => a.Sid == read.Sid)) account.Fault("sid", $"the account {read.Sid} stands there twice");
            if (read.Parent is { } parent && !accounts.Any(a => a.Sid == parent || a.FriendlyName == parent))
            {
                account.Fault("parent", $"{account.PathOf("parent")}: no account above is called \"{parent}\"{Spelling.Hint(parent, accounts.Select(a => a.FriendlyName ?? ""))}");
            }
            account.End();
            accounts.Add(read);
        }
        return accounts;
    }

    private static AccountConfig ReadOne(Fields account)
    {
        var read = ConfigReader.ReadAccount(account) with
        {
            Parent = account.Text("parent", Words.NonEmpty),
            IsTrial = account.Flag("trial") ?? false,
            OpensMedia = account.Text("media_auth", t => t is "required" or "off" ? null : $"\"{t}\" is not required or off") == "off",
            IsSuspended = account.Flag("suspended") ?? false,
            Balance = account.Number("balance", -MaxBalance, MaxBalance),
            TestCredentials = ReadTestCredentials(account),
        };
        // What is not there keeps the one empty list, so that two accounts that say the same are the same.
        if (account.List("api_keys") is { Count: > 0 } keys) read = read with { ApiKeys = ReadAll(keys, account.Faults, ReadKey) };
        if (account.List("oauth_apps") is { Count: > 0 } apps) read = read with { OAuthApps = ReadAll(apps, account.Faults, ReadOAuthApp) };
        if (account.List("connect_apps") is { Count: > 0 } connect) read = read with { ConnectApps = ReadAll(connect, account.Faults, ReadConnectApp) };
        if (account.List("authorized_connect_apps") is { Count: > 0 } authorized) read = read with { AuthorizedConnectApps = ReadAll(authorized, account.Faults, ReadConnectApp) };
        return read;
    }

    private static List<T> ReadAll<T>(IReadOnlyList<(Node Item, string Path)> items, Faults faults, Func<Fields, T> read)
    {
        var all = new List<T>();
        foreach (var (item, path) in items)
        {
            if (Fields.Of(item, path, faults) is not { } fields) continue;
            all.Add(read(fields));
            fields.End();
        }
        return all;
    }

    private static TestCredentialsConfig? ReadTestCredentials(Fields account)
    {
        if (account.Mapping("test_credentials") is not { } test) return null;
        var read = new TestCredentialsConfig(test.NeedText("sid", Words.AccountSid), test.NeedText("auth_token", Words.AuthToken));
        test.End();
        return read;
    }

    private static ApiKeyConfig ReadKey(Fields key)
    {
        var read = new ApiKeyConfig(
            key.Text("sid", Sid("SK", "a key's SID")), key.Text("secret", Words.AuthToken), key.Text("friendly_name", Words.FriendlyName),
            key.OneOf("type", KeyTypes) ?? ApiKeyType.Standard, key.Texts("allow"));
        if (read.Type != ApiKeyType.Restricted && read.Allow.Count > 0) key.Fault("allow", $"{key.PathOf("allow")} is for keys of type restricted");
        return read;
    }

    private static OAuthAppConfig ReadOAuthApp(Fields app)
    {
        var lifetime = app.Duration("token_lifetime");
        if (lifetime < MinTokenLifetime || lifetime > MaxTokenLifetime) app.Fault("token_lifetime", $"{app.PathOf("token_lifetime")} must be 1 minute to 30 days");
        return new OAuthAppConfig(
            app.Text("client_id", ClientId), app.Text("client_secret", Words.AuthToken), app.Text("friendly_name", Words.FriendlyName), app.Texts("allow"), lifetime);
    }

    private static ConnectAppConfig ReadConnectApp(Fields app)
    {
        var permissions = app.Texts("permissions");
        foreach (var permission in permissions.Except(ConnectPermissions)) app.Fault("permissions", $"\"{permission}\" is no permission: {string.Join(", ", ConnectPermissions)}");
        return new ConnectAppConfig(app.Text("sid", Sid("CN", "a connect app's SID")))
        {
            FriendlyName = app.Text("friendly_name"),
            CompanyName = app.Text("company_name"),
            Description = app.Text("description"),
            HomepageUrl = app.Text("homepage_url", Words.Url),
            AuthorizeRedirectUrl = app.Text("authorize_redirect_url", Words.Url),
            DeauthorizeCallbackUrl = app.Text("deauthorize_callback_url", Words.Url),
            DeauthorizeCallbackMethod = app.Text("deauthorize_callback_method", Words.Method),
            Permissions = permissions,
        };
    }

    private static Func<string, string?> Sid(string prefix, string what) =>
        text => SidMint.IsSid(text, prefix) ? null : $"\"{text}\" is not {what}: {prefix} and 32 hex digits";

    private static string? ClientId(string text) =>
        text.Length == SidMint.Length && text.StartsWith("OQ", StringComparison.Ordinal) && text.All(char.IsAsciiLetterOrDigit) ? null
            : $"\"{text}\" is not a client id: OQ and 32 letters or digits";
}
