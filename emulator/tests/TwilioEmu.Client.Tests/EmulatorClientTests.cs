using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace TwilioEmu.Client.Tests;

public sealed class EmulatorClientTests : IAsyncLifetime
{
    private readonly EmulatorHouse _house = new();

    public ValueTask InitializeAsync() => _house.InitializeAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task An_emulator_says_that_it_is_ready()
    {
        var health = await _house.Client.UntilReadyAsync();
        (health.Status, health.Clock, health.Seed).Should().Be(("ready", "manual", 1L));
        health.Version.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task Time_is_looked_at_switched_and_moved()
    {
        var before = await _house.Client.ClockAsync();
        await _house.PostMessageAsync(EmulatorHouse.Phone, "x");
        (await _house.Client.ClockAsync()).Now.Should().Be(before.Now);
        var after = await _house.Client.AdvanceAsync(TimeSpan.FromMilliseconds(90_500));
        (after.Now - before.Now).Should().Be(TimeSpan.FromMilliseconds(90_500));
        (await _house.Client.SetClockAsync("real")).Mode.Should().Be("real");
        var advance = () => _house.Client.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await advance.Should().ThrowAsync<EmulatorException>()).Which.Status.Should().Be(HttpStatusCode.Conflict);
        var nonsense = () => _house.Client.SetClockAsync("fast");
        (await nonsense.Should().ThrowAsync<EmulatorException>()).Which.Detail.Should().Contain("\"fast\" is not a clock");
    }

    [Fact]
    public async Task A_test_opens_an_account_of_its_own()
    {
        var account = await _house.Client.OpenAccountAsync("Mine");
        account.FriendlyName.Should().Be("Mine");
        account.ToString().Should().NotContain(account.AuthToken);
        using var mine = _house.ProgramOf(account.Authorization);
        (await mine.GetAsync($"https://api.twilio.com/2010-04-01/Accounts/{account.Sid}.json")).StatusCode.Should().Be(HttpStatusCode.OK);
        var again = () => _house.Client.OpenAccountAsync(sid: account.Sid, authToken: "secret");
        (await again.Should().ThrowAsync<EmulatorException>()).Which.Status.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_reset_forgets_everything()
    {
        await _house.PostMessageAsync(EmulatorHouse.Phone, "x");
        (await _house.Client.ResetAsync()).Status.Should().Be("reset");
        (await _house.Client.ExpectExactlyAsync(new EntryMatch { Kind = "message.*" }, 0)).Should().BeEmpty();
    }

    [Fact]
    public async Task Requests_to_the_app_are_listed_shown_whole_and_sent_again()
    {
        await _house.Client.Handset(EmulatorHouse.Phone).TextAsync(EmulatorHouse.Number, "hello");
        await _house.Client.Handset(EmulatorHouse.Phone).ShouldReceiveAsync("hello");
        var webhook = (await _house.Client.WebhooksAsync()).Webhooks.Single();
        (webhook.Purpose, webhook.Url, webhook.Status, webhook.Outcome).Should().Be(("sms", "http://app/sms", 200, "answered"));
        (await _house.Client.WebhooksAsync(subject: "SM0")).Webhooks.Should().BeEmpty();

        var whole = await _house.Client.WebhookAsync(webhook.Id);
        whole.Request.GetProperty("headers").GetProperty("X-Twilio-Signature").GetString().Should().NotBeEmpty();
        var again = await _house.Client.ReplayWebhookAsync(webhook.Id);
        again.Cause.Should().Be(webhook.Id);
        again.Status.Should().Be(200);
        var unknown = () => _house.Client.WebhookAsync(999_999);
        (await unknown.Should().ThrowAsync<EmulatorException>()).Which.Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_resource_is_put_where_the_app_will_find_it()
    {
        await _house.Client.PutResourceAsync(
            "video", "/v1/Rooms/RM00000000000000000000000000000001",
            new JsonObject { ["unique_name"] = "Daily", ["status"] = "in-progress" });
        using var program = _house.ProgramOf(_house.Host.Account.Authorization);
        (await program.GetStringAsync("https://video.twilio.com/v1/Rooms/RM00000000000000000000000000000001"))
            .Should().Contain("\"Daily\"");
        var nowhere = () => _house.Client.PutResourceAsync("video", "v9/Nothing", []);
        (await nowhere.Should().ThrowAsync<EmulatorException>()).Which.Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task How_near_operations_come_is_asked_by_product()
    {
        var report = await _house.Client.FidelityAsync(product: "lookups");
        report.Operations.Should().NotBeEmpty().And.OnlyContain(o => o.Product == "lookups");
        report.Counts.Values.Sum().Should().Be(report.Operations.Count);
        (await _house.Client.FidelityAsync(fidelity: "behaves")).Operations.Should().OnlyContain(o => o.Fidelity == "behaves");
    }

    [Fact]
    public async Task The_root_certificate_is_a_certificate()
    {
        using var root = X509Certificate2.CreateFromPem(await _house.Client.CaPemAsync());
        root.Subject.Should().NotBeEmpty();
        (await _house.Client.CaBundlePemAsync()).Should().Contain((await _house.Client.CaPemAsync()).Trim());
    }

    [Fact]
    public async Task A_call_without_a_method_of_its_own_can_still_be_made()
    {
        (await _house.Client.SendAsync(HttpMethod.Get, "/health")).GetProperty("status").GetString().Should().Be("ready");
        var unknown = () => _house.Client.SendAsync(HttpMethod.Post, "/no-such-call");
        (await unknown.Should().ThrowAsync<EmulatorException>()).Which.Message.Should().StartWith("POST /no-such-call answered 404");
    }
}
