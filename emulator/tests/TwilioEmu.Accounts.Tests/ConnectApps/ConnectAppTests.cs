using TwilioEmu.Accounts.ConnectApps;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.ConnectApps;

/// <summary>twilio.com/docs/iam/api/connect-apps.</summary>
public sealed class ConnectAppTests : IAsyncDisposable
{
    private const string Sid = "CN00000000000000000000000000000001";
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task An_app_is_shown_listed_changed_and_deleted()
    {
        await AddAsync(new ConnectApp(Sid, AccountBook.DefaultSid) { FriendlyName = "Dialler", Permissions = ["get-all"] });

        (await _rest.GetAsync($"ConnectApps/{Sid}.json"))["friendly_name"].Should().Be("Dialler");
        var updated = await _rest.PostAsync(
            $"ConnectApps/{Sid}.json", "CompanyName", "Acme", "Permissions", "get-all", "Permissions", "post-all");
        updated["company_name"].Should().Be("Acme");
        updated.Json.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()).Should().Equal("get-all", "post-all");
        (await _rest.GetAsync("ConnectApps.json")).Json.GetProperty("connect_apps").GetArrayLength().Should().Be(1);
        (await _rest.DeleteAsync($"ConnectApps/{Sid}.json")).Status.Should().Be(204);
        (await _rest.GetAsync($"ConnectApps/{Sid}.json")).Code.Should().Be(20404);
    }

    [Fact]
    public async Task An_authorized_app_is_another_list_in_other_words()
    {
        await AddAsync(
            new ConnectApp(Sid, AccountBook.DefaultSid) { FriendlyName = "Dialler", CompanyName = "Acme", IsAuthorization = true });

        var app = await _rest.GetAsync($"AuthorizedConnectApps/{Sid}.json");

        app["connect_app_friendly_name"].Should().Be("Dialler");
        app["connect_app_company_name"].Should().Be("Acme");
        app["uri"].Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/AuthorizedConnectApps/{Sid}.json");
        (await _rest.GetAsync("AuthorizedConnectApps.json")).Json.GetProperty("authorized_connect_apps").GetArrayLength().Should().Be(1);
        (await _rest.GetAsync("ConnectApps.json")).Json.GetProperty("connect_apps").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Values_that_are_none_are_refused()
    {
        await AddAsync(new ConnectApp(Sid, AccountBook.DefaultSid));

        (await _rest.PostAsync($"ConnectApps/{Sid}.json", "Permissions", "everything")).Status.Should().Be(400);
        (await _rest.PostAsync($"ConnectApps/{Sid}.json", "DeauthorizeCallbackMethod", "PUT")).Status.Should().Be(400);
    }

    private Task AddAsync(ConnectApp app) => _rest.World.Loop.RunAsync(() => _rest.Accounts.ConnectApps.Add(app), default);
}
