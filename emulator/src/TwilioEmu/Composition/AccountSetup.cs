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
        foreach (var config in configs)
        {
            try
            {
                accounts.Add(Apply(book, accounts, config));
            }
            catch (ArgumentException fault)
            {
                throw new ConfigFault(fault.Message);
            }
        }
        return accounts;
    }

    private static Account Apply(AccountBook book, List<Account> accounts, AccountConfig config)
    {
        var account = book.Create(new AccountSpec
        {
            Sid = config.Sid is null ? null : new AccountSid(config.Sid),
            AuthToken = config.AuthToken,
            FriendlyName = config.FriendlyName ?? "TwilioEmu",
            Owner = config.Parent is null ? null : accounts.Find(a => a.Sid.Value == config.Parent || a.FriendlyName == config.Parent)?.Sid,
            IsTrial = config.IsTrial,
            Status = config.IsSuspended ? AccountStatus.Suspended : AccountStatus.Active,
            Balance = config.Balance is { } balance ? (decimal)balance : AccountSpec.UsualBalance,
        });
        if (config.TestCredentials is { } test)
        {
            book.Create(new AccountSpec { Sid = new AccountSid(test.Sid), AuthToken = test.AuthToken, FriendlyName = account.FriendlyName, IsTest = true });
        }
        foreach (var key in config.ApiKeys)
        {
            book.CreateKey(account.Sid, new KeySpec
            {
                Sid = key.Sid,
                Secret = key.Secret,
                FriendlyName = key.FriendlyName,
                Kind = key.Type switch { ApiKeyType.Main => KeyKind.Main, ApiKeyType.Restricted => KeyKind.Restricted, _ => KeyKind.Standard },
                Policy = key.Type == ApiKeyType.Restricted ? Policy.Of(key.Allow) : null,
            });
        }
        foreach (var app in config.OAuthApps)
        {
            book.OAuthApps.Create(account.Sid, new OAuthAppSpec
            {
                ClientId = app.ClientId,
                ClientSecret = app.ClientSecret,
                FriendlyName = app.FriendlyName,
                Policy = Policy.Of(app.Allow),
                TokenLifetime = app.TokenLifetime,
            });
        }
        foreach (var app in config.ConnectApps) book.ConnectApps.Add(ToConnectApp(book, account.Sid, app));
        foreach (var app in config.AuthorizedConnectApps) book.ConnectApps.Add(ToConnectApp(book, account.Sid, app) with { IsAuthorization = true });
        return account;
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
