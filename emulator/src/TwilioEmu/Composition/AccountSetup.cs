using TwilioEmu.Accounts.ConnectApps;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Accounts.OAuth;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Composition;

/// <summary>Brings the accounts a config names into a new house, with their keys and apps.</summary>
internal static class AccountSetup
{
    /// <exception cref="ConfigFault">Something cannot be.</exception>
    public static List<Account> Apply(AccountBook book, IReadOnlyList<AccountConfig> configs)
    {
        var accounts = new List<Account>();
        for (var i = 0; i < configs.Count; i++) accounts.Add(Apply(book, accounts, configs[i], $"accounts[{i}]"));
        return accounts;
    }

    private static Account Apply(AccountBook book, List<Account> accounts, AccountConfig config, string path)
    {
        var account = At(path, () => book.Create(new AccountSpec
        {
            Sid = config.Sid is null ? null : new AccountSid(config.Sid),
            AuthToken = config.AuthToken,
            FriendlyName = config.FriendlyName ?? "TwilioEmu",
            Owner = config.Parent is null ? null : accounts.Find(a => a.Sid.Value == config.Parent || a.FriendlyName == config.Parent)?.Sid,
            IsTrial = config.IsTrial,
            OpensMedia = config.OpensMedia,
            LacksMms = config.LacksMms,
            MessagesPerDay = config.MessagesPerDay,
            Status = config.IsSuspended ? AccountStatus.Suspended : AccountStatus.Active,
            Balance = config.Balance is { } balance ? (decimal)balance : AccountSpec.UsualBalance,
        }));
        if (config.TestCredentials is { } test)
        {
            var spec = new AccountSpec { Sid = new AccountSid(test.Sid), AuthToken = test.AuthToken, FriendlyName = account.FriendlyName, IsTest = true };
            At($"{path}.test_credentials", () => book.Create(spec));
        }
        Each(config.ApiKeys, $"{path}.api_keys", key => book.CreateKey(account.Sid, new KeySpec
        {
            Sid = key.Sid,
            Secret = key.Secret,
            FriendlyName = key.FriendlyName,
            Kind = key.Type switch { ApiKeyType.Main => KeyKind.Main, ApiKeyType.Restricted => KeyKind.Restricted, _ => KeyKind.Standard },
            Policy = key.Type == ApiKeyType.Restricted ? Policy.Of(key.Allow) : null,
        }));
        Each(config.OAuthApps, $"{path}.oauth_apps", app => book.OAuthApps.Create(account.Sid, new OAuthAppSpec
        {
            ClientId = app.ClientId,
            ClientSecret = app.ClientSecret,
            FriendlyName = app.FriendlyName,
            Policy = Policy.Of(app.Allow),
            TokenLifetime = app.TokenLifetime,
        }));
        Each(config.ConnectApps, $"{path}.connect_apps", app => book.ConnectApps.Add(ToConnectApp(book, account.Sid, app)));
        Each(config.AuthorizedConnectApps, $"{path}.authorized_connect_apps", app => book.ConnectApps.Add(ToConnectApp(book, account.Sid, app) with { IsAuthorization = true }));
        return account;
    }

    private static void Each<T>(IReadOnlyList<T> configs, string path, Action<T> create)
    {
        for (var i = 0; i < configs.Count; i++)
        {
            var config = configs[i];
            At<object?>($"{path}[{i}]", () =>
            {
                create(config);
                return null;
            });
        }
    }

    private static T At<T>(string path, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException fault)
        {
            throw new ConfigFault(path, fault.Message);
        }
    }

    private static ConnectApp ToConnectApp(AccountBook book, AccountSid account, ConnectAppConfig app) => new(app.Sid ?? book.ConnectApps.NewSid(), account)
    {
        FriendlyName = app.FriendlyName ?? "",
        CompanyName = app.CompanyName ?? "",
        Description = app.Description ?? "",
        HomepageUrl = app.HomepageUrl ?? "",
        AuthorizeRedirectUrl = app.AuthorizeRedirectUrl ?? "",
        DeauthorizeCallbackUrl = app.DeauthorizeCallbackUrl ?? "",
        DeauthorizeCallbackMethod = app.DeauthorizeCallbackMethod ?? "POST",
        Permissions = app.Permissions,
    };
}
