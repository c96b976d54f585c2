using TwilioEmu.Accounts.ConnectApps;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Accounts.OAuth;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Tests.Config;

public sealed class AccountReaderTests
{
    private const string Sid = "00000000000000000000000000000001";

    [Fact]
    public void Every_key_of_an_account_is_read()
    {
        var accounts = Read($$"""
            accounts:
              - { friendly_name: Main, balance: 12.5, test_credentials: { sid: AC{{Sid}}, auth_token: t } }
              - friendly_name: Shop
                parent: Main
                trial: true
                suspended: true
                api_keys:
                  - { sid: SK{{Sid}}, secret: s, friendly_name: ci, type: restricted, allow: [/twilio/messaging/messages/create] }
                  - { type: main }
                oauth_apps:
                  - { client_id: OQ{{Sid}}, client_secret: s, friendly_name: app, allow: [/twilio/voice/calls/*], token_lifetime: 5m }
                connect_apps:
                  - sid: CN{{Sid}}
                    friendly_name: Dialler
                    company_name: Acme
                    description: Dials
                    homepage_url: https://acme.example
                    authorize_redirect_url: https://acme.example/yes
                    deauthorize_callback_url: https://acme.example/no
                    deauthorize_callback_method: GET
                    permissions: [get-all]
                authorized_connect_apps:
                  - { friendly_name: Other }
            """, out var faults);

        faults.All.Should().BeEmpty();
        accounts[0]
            .Should().Be(new AccountSpec
            {
                FriendlyName = "Main",
                Balance = 12.5m,
                TestCredentials = new AccountSpec { Sid = new("AC" + Sid), AuthToken = "t", IsTest = true },
            });
        var shop = accounts[1];
        (shop.Parent, shop.IsTrial, shop.Status).Should().Be(("Main", true, AccountStatus.Suspended));
        shop.Keys[0].Should().BeEquivalentTo(
            new KeySpec
            {
                Sid = "SK" + Sid,
                Secret = "s",
                FriendlyName = "ci",
                Kind = KeyKind.Restricted,
                Policy = new Policy(["/twilio/messaging/messages/create"], []),
            });
        shop.Keys[1].Kind.Should().Be(KeyKind.Main);
        shop.OAuthApps[0].Should().BeEquivalentTo(new OAuthAppSpec
        {
            ClientId = "OQ" + Sid,
            ClientSecret = "s",
            FriendlyName = "app",
            Policy = new Policy(["/twilio/voice/calls/*"], []),
            TokenLifetime = TimeSpan.FromMinutes(5),
        });
        shop.ConnectApps[0].Should().BeEquivalentTo(new ConnectApp("CN" + Sid, AccountSid.None)
        {
            FriendlyName = "Dialler",
            CompanyName = "Acme",
            Description = "Dials",
            HomepageUrl = "https://acme.example",
            AuthorizeRedirectUrl = "https://acme.example/yes",
            DeauthorizeCallbackUrl = "https://acme.example/no",
            DeauthorizeCallbackMethod = "GET",
            Permissions = ["get-all"],
        });
        (shop.ConnectApps[1].FriendlyName, shop.ConnectApps[1].IsAuthorization).Should().Be(("Other", true));
        (accounts[0].NeedsBeginning, shop.NeedsBeginning).Should().Be((true, true));
    }

    [Theory]
    [InlineData("parent: Mian", "Main")]
    [InlineData("api_keys: [{ sid: AC1 }]", "SK and 32 hex digits")]
    [InlineData("api_keys: [{ type: mian }]", "main")]
    [InlineData("api_keys: [{ allow: [/twilio/voice/calls/read] }]", "restricted")]
    [InlineData(
        "api_keys: [{ type: restricted, allow: [/twilio/no/such] }]",
        "accounts[1].api_keys[0].allow: assertion '/twilio/no/such' is invalid")]
    [InlineData("oauth_apps: [{ allow: [/twilio/no/such] }]", "accounts[1].oauth_apps[0].allow: assertion '/twilio/no/such' is invalid")]
    [InlineData("api_keys: [{ alow: [x] }]", "unknown key")]
    [InlineData("oauth_apps: [{ client_id: OQ1 }]", "OQ and 32 letters or digits")]
    [InlineData("oauth_apps: [{ token_lifetime: 59s }]", "1 minute to 30 days")]
    [InlineData("connect_apps: [{ permissions: [all] }]", "get-all")]
    [InlineData("test_credentials: { sid: AC1, auth_token: t }", "AC and 32 hex digits")]
    [InlineData("test_credentials: { auth_token: t }", "sid")]
    public void What_is_wrong_is_said_where_it_stands(string line, string hint)
    {
        Read($"accounts:\n  - friendly_name: Main\n  - {line}", out var faults);

        faults.All.Should().ContainSingle().Which.ToString().Should().Contain(hint);
    }

    private static IReadOnlyList<AccountSpec> Read(string yaml, out Faults faults) =>
        ConfigReader.ReadFile("c.yaml", yaml, faults = new Faults()).Accounts;
}
