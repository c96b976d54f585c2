using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Monitor;

public sealed class EventTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    private Task<RestAnswer> MonitorAsync(string path) => _rest.SendAsync("GET", path, null, null, host: "monitor.twilio.com");

    private async Task<List<JsonElement>> EventsAsync(string query = "") =>
        [.. (await MonitorAsync("/v1/Events" + query)).Json.GetProperty("events").EnumerateArray()];

    [Fact]
    public async Task What_rest_makes_changes_and_deletes_is_an_event()
    {
        var number = (await _rest.PostAsync("IncomingPhoneNumbers.json", "AreaCode", "415"))["sid"]!;
        await _rest.PostAsync($"IncomingPhoneNumbers/{number}.json", "FriendlyName", "Front desk");
        await _rest.DeleteAsync($"IncomingPhoneNumbers/{number}.json");
        var events = await EventsAsync();
        events.Select(e => e.GetProperty("event_type").GetString())
            .Should().Equal("phone-number.deleted", "phone-number.updated", "phone-number.created");
        foreach (var each in events)
        {
            each.GetProperty("resource_sid").GetString().Should().Be(number);
            each.GetProperty("actor_sid").GetString().Should().Be("US" + RestWorld.Account[2..]);
            (each.GetProperty("actor_type").GetString(), each.GetProperty("source").GetString()).Should().Be(("account", "api"));
            each.GetProperty("links")
                .GetProperty("resource").GetString()
                .Should().Be($"https://api.twilio.com/2010-04-01/Accounts/{RestWorld.Account}/IncomingPhoneNumbers/{number}");
        }
        var updated = await MonitorAsync($"/v1/Events/{events[1].GetProperty("sid")}");
        SidMint.IsSid(updated["sid"], "AE").Should().BeTrue();
        updated.Json.GetProperty("event_data")
            .GetProperty("resource_properties").GetProperty("friendly_name")
            .GetProperty("updated").GetString()
            .Should().Be("Front desk");
        updated["event_date"].Should().Be("2026-01-05T09:00:00Z");
    }

    [Fact]
    public async Task Stored_resources_have_events_as_well()
    {
        var sid = (await _rest.PostAsync("Applications.json", "FriendlyName", "App"))["sid"];
        (await EventsAsync($"?ResourceSid={sid}")).Single().GetProperty("event_type").GetString().Should().Be("application.created");
    }

    [Fact]
    public async Task What_happens_to_subaccounts_and_keys_is_an_event_of_who_asked_for_it()
    {
        const string Form = "application/x-www-form-urlencoded";
        var sub = (await _rest.SendAsync("POST", "/2010-04-01/Accounts.json", "FriendlyName=Branch", Form))["sid"]!;
        await _rest.SendAsync("POST", $"/2010-04-01/Accounts/{sub}.json", "Status=suspended", Form);
        var key = (await _rest.PostAsync("Keys.json", "FriendlyName", "Desk"))["sid"]!;
        await _rest.DeleteAsync($"Keys/{key}.json");
        var events = await EventsAsync();
        events.Select(e => $"{e.GetProperty("event_type")} {e.GetProperty("resource_sid")}").Should()
            .Equal($"api-key.deleted {key}", $"api-key.created {key}", $"account.updated {sub}", $"account.created {sub}");
        events.Should().OnlyContain(e => e.GetProperty("account_sid").GetString() == RestWorld.Account);
        var suspended = await MonitorAsync($"/v1/Events/{events[2].GetProperty("sid")}");
        suspended.Json.GetProperty("event_data").GetProperty("resource_properties").GetProperty("status").GetProperty("updated").GetString()
            .Should().Be("suspended");
    }

    [Fact]
    public async Task A_body_that_is_taken_away_is_an_update_that_tells_what_it_was()
    {
        await using var house = new MessagingHouse();
        var message = (await house.PostAsync("secret"))["sid"];
        await house.AdvanceAsync(30);
        (await house.Rest.PostAsync($"Messages/{message}.json", "Body", "")).Status.Should().Be(200);
        var answer = await house.Rest.SendAsync("GET", "/v1/Events?EventType=message.updated", null, null, host: "monitor.twilio.com");
        var body = answer.Json.GetProperty("events")[0].GetProperty("event_data").GetProperty("resource_properties").GetProperty("body");
        (body.GetProperty("previous").GetString(), body.GetProperty("updated").GetString()).Should().Be(("secret", ""));
    }

    [Theory]
    [InlineData("?EventType=application.created", 2)]
    [InlineData("?EventType=application.deleted", 0)]
    [InlineData("?ActorSid=AC00000000000000000000000000000001", 3)]
    [InlineData("?SourceIpAddress=10.0.0.1", 0)]
    [InlineData("?StartDate=2026-01-06", 1)]
    [InlineData("?EndDate=2026-01-05", 2)]
    public async Task Events_are_narrowed_by_filters(string query, int count)
    {
        await _rest.PostAsync("Applications.json", "FriendlyName", "One");
        await _rest.PostAsync("Applications.json", "FriendlyName", "Two");
        await _rest.World.Clock.AdvanceAsync(TimeSpan.FromDays(1));
        await _rest.PostAsync("Usage/Triggers.json", "UsageCategory", "sms", "TriggerValue", "1", "CallbackUrl", "http://app/x");
        (await EventsAsync(query)).Should().HaveCount(count);
    }

    [Theory]
    [InlineData("?StartDate=yesterday")]
    [InlineData("?ActorSid=me")]
    public async Task A_bad_filter_is_refused(string query) => (await MonitorAsync("/v1/Events" + query)).Code.Should().Be(20001);

    [Theory]
    [InlineData("AE00000000000000000000000000000000")]
    [InlineData("NO00000000000000000000000000000000")]
    public async Task An_unknown_event_is_not_found(string sid) => (await MonitorAsync($"/v1/Events/{sid}")).Code.Should().Be(20404);
}
