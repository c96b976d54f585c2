using TwilioEmu.Accounts.Directory;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Usage;

public sealed class UsageTriggerTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private IReadOnlyList<SeenRequest> Calls => _house.Rest.App.Requests;

    [Fact]
    public async Task A_trigger_is_made_with_the_documented_defaults()
    {
        var trigger = await CreateAsync("sms", "10");
        trigger.Status.Should().Be(201);
        trigger.Json.EnumerateObject().Select(p => p.Name).Should().HaveCount(16);
        (
            trigger["trigger_by"], trigger["recurring"], trigger["callback_method"], trigger["current_value"], trigger["trigger_value"],
            trigger["date_fired"])
            .Should().Be(("usage", "alltime", "POST", "0", "10", null));
        trigger["uri"].Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/Usage/Triggers/{trigger["sid"]}.json");
        trigger["usage_record_uri"].Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/Usage/Records.json?Category=sms");
    }

    [Fact]
    public async Task It_fires_once_when_its_value_is_reached()
    {
        var sid = (await CreateAsync("sms", "2", "TriggerBy", "count"))["sid"];
        await SendAsync(1);
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        Calls.Should().BeEmpty();
        await SendAsync(1);
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        var call = Calls.Should().ContainSingle().Which;
        (call.Method, call.Path, call.IsSigned).Should().Be(("POST", "/trigger", true));
        (
            call["AccountSid"], call["UsageTriggerSid"], call["UsageCategory"], call["TriggerBy"], call["TriggerValue"],
            call["CurrentValue"], call["Recurring"])
            .Should().Be((RestWorld.Account, sid, "sms", "count", "2", "2", "alltime"));
        call["DateFired"].Should().StartWith("Mon, 05 Jan 2026 09:");
        call["IdempotencyToken"].Should().Contain(sid);
        await SendAsync(5);
        await AdvanceAsync(TimeSpan.FromDays(2));
        Calls.Should().ContainSingle();
        (await FetchAsync(sid!))["date_fired"].Should().Be(call["DateFired"]);
    }

    [Fact]
    public async Task A_recurring_trigger_fires_once_in_every_period()
    {
        await CreateAsync("sms", "1", "Recurring", "daily");
        for (var day = 0; day < 3; day++)
        {
            await SendAsync(2);
            await AdvanceAsync(TimeSpan.FromHours(1));
            await SendAsync(2);
            await AdvanceAsync(TimeSpan.FromHours(23));
        }
        Calls.Should().HaveCount(3);
        Calls.Select(c => c["IdempotencyToken"]).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Usage_just_before_midnight_counts_for_its_own_day()
    {
        await CreateAsync("sms", "1", "Recurring", "daily");
        await AdvanceAsync(new DateTimeOffset(2026, 1, 5, 23, 59, 50, TimeSpan.Zero) - WorldStart);
        await SendAsync(1);
        await AdvanceAsync(TimeSpan.FromMinutes(5));
        Calls.Should().ContainSingle().Which["CurrentValue"].Should().Be("1");
    }

    [Fact]
    public async Task An_offset_counts_from_what_was_used_already()
    {
        await SendAsync(3);
        (await CreateAsync("sms", "+2"))["trigger_value"].Should().Be("5");
    }

    [Fact]
    public async Task Money_can_be_watched_and_the_method_chosen()
    {
        await CreateAsync("totalprice", "0.02", "TriggerBy", "price", "CallbackMethod", "GET");
        await SendAsync(3);
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        var call = Calls.Should().ContainSingle().Which;
        (call.Method, call["CurrentValue"]).Should().Be(("GET", "0.0249"));
    }

    [Fact]
    public async Task A_parent_hears_of_its_subaccounts_usage()
    {
        await CreateAsync("sms", "1");
        _house.Do(() =>
        {
            var sub = _house.Rest.Accounts.Create(new AccountSpec { Owner = AccountBook.DefaultSid });
            _house.Rest.Numbers.Add(sub.Sid, new TwilioEmu.Accounts.Numbers.PhoneNumberSpec { Number = "+14155550111" });
            _house.Rest.Handsets.Text(MessagingHouse.Phone, "+14155550111", "hi", []);
        });
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task Triggers_are_listed_changed_and_deleted()
    {
        var sid = (await CreateAsync("sms", "10", "Recurring", "daily"))["sid"]!;
        await CreateAsync("calls", "10", "TriggerBy", "price");
        (await ListAsync("")).Should().HaveCount(2);
        (await ListAsync("?Recurring=daily")).Should().Equal(sid);
        (await ListAsync("?TriggerBy=price&UsageCategory=calls")).Should().HaveCount(1);
        (await ListAsync("?UsageCategory=mms")).Should().BeEmpty();
        var changed = await _house.Rest.PostAsync(
            $"Usage/Triggers/{sid}.json", "FriendlyName", "Watch", "CallbackUrl", "http://app/other", "CallbackMethod", "GET");
        (changed["friendly_name"], changed["callback_url"], changed["callback_method"]).Should().Be(("Watch", "http://app/other", "GET"));
        (await _house.Rest.DeleteAsync($"Usage/Triggers/{sid}.json")).Status.Should().Be(204);
        (await FetchAsync(sid)).Code.Should().Be(20404);
        (await _house.Rest.DeleteAsync($"Usage/Triggers/{sid}.json")).Code.Should().Be(20404);
    }

    [Theory]
    [InlineData("UsageCategory", "cookies", 20001)]
    [InlineData("UsageCategory", "", 20001)]
    [InlineData("TriggerValue", "many", 20001)]
    [InlineData("TriggerValue", "-5", 20001)]
    [InlineData("TriggerValue", "0", 20001)]
    [InlineData("TriggerValue", "+", 20001)]
    [InlineData("TriggerBy", "weight", 20001)]
    [InlineData("Recurring", "hourly", 20001)]
    [InlineData("CallbackUrl", "nowhere", 20001)]
    [InlineData("CallbackMethod", "PUT", 20001)]
    [InlineData("FriendlyName", "12345678901234567890123456789012345678901234567890123456789012345", 20002)]
    public async Task A_bad_value_is_refused(string name, string value, int code)
    {
        var form = new Dictionary<string, string>
        {
            ["UsageCategory"] = "sms",
            ["TriggerValue"] = "1",
            ["CallbackUrl"] = "http://app/trigger",
            [name] = value,
        };
        var answer = await _house.Rest.PostAsync("Usage/Triggers.json", [.. form.SelectMany(p => new[] { p.Key, p.Value })]);
        (answer.Status, answer.Code).Should().Be((400, code));
    }

    private static DateTimeOffset WorldStart => Kernel.WorldOptions.StoryStart;

    private Task<RestAnswer> CreateAsync(string category, string value, params string[] more)
    {
        _house.Rest.App.On("/trigger", new Webhooks.Delivery.AppAnswer(204, null, ""));
        return _house.Rest.PostAsync(
            "Usage/Triggers.json", ["UsageCategory", category, "TriggerValue", value, "CallbackUrl", "http://app/trigger", .. more]);
    }

    private Task<RestAnswer> FetchAsync(string sid) => _house.Rest.GetAsync($"Usage/Triggers/{sid}.json");

    private async Task<List<string>> ListAsync(string query) =>
        [
            .. (await _house.Rest.GetAsync($"Usage/Triggers.json{query}")).Json.GetProperty("usage_triggers").EnumerateArray()
                .Select(t => t.GetProperty("sid").GetString()!),
        ];

    private async Task SendAsync(int count)
    {
        for (var i = 0; i < count; i++) (await _house.PostAsync("hi")).Status.Should().Be(201);
        await _house.AdvanceAsync(8);
    }

    private Task AdvanceAsync(TimeSpan by) => _house.Rest.World.Clock.AdvanceAsync(by);
}
