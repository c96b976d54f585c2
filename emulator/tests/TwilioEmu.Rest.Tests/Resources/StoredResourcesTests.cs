using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Resources;

public sealed class StoredResourcesTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_created_resource_shows_its_parameters_its_sid_its_dates_and_its_path()
    {
        var made = await _rest.PostAsync(
            "Applications.json", "FriendlyName", "App", "VoiceUrl", "https://app.test/v", "VoiceMethod", "get");

        made.Status.Should().Be(201);
        made["sid"].Should().MatchRegex("^AP[0-9a-f]{32}$");
        made["friendly_name"].Should().Be("App");
        made["voice_url"].Should().Be("https://app.test/v");
        made["voice_method"].Should().Be("GET");
        made["sms_method"].Should().Be("POST");
        made["sms_url"].Should().BeNull();
        made["account_sid"].Should().Be(RestWorld.Account);
        made["api_version"].Should().Be("2010-04-01");
        made["date_created"].Should().Be("Mon, 05 Jan 2026 09:00:00 +0000");
        made["uri"].Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/Applications/{made["sid"]}.json");
        (await _rest.GetAsync(made["uri"]!)).Body.Should().Be(made.Body);
    }

    [Fact]
    public async Task An_update_keeps_what_it_does_not_name_and_moves_the_date()
    {
        var made = await _rest.PostAsync("Applications.json", "FriendlyName", "App", "SmsUrl", "https://app.test/s");
        await _rest.World.Clock.AdvanceAsync(TimeSpan.FromMinutes(1));

        var updated = await _rest.PostAsync($"Applications/{made["sid"]}.json", "FriendlyName", "Other");

        updated.Status.Should().Be(200);
        updated["friendly_name"].Should().Be("Other");
        updated["sms_url"].Should().Be("https://app.test/s");
        updated["date_created"].Should().Be("Mon, 05 Jan 2026 09:00:00 +0000");
        updated["date_updated"].Should().Be("Mon, 05 Jan 2026 09:01:00 +0000");
    }

    [Fact]
    public async Task What_was_deleted_is_not_found_again()
    {
        var made = await _rest.PostAsync("Queues.json", "FriendlyName", "q");
        var path = $"Queues/{made["sid"]}.json";

        (await _rest.DeleteAsync(path)).Status.Should().Be(204);

        (await _rest.GetAsync(path)).Code.Should().Be(20404);
        (await _rest.PostAsync(path, "FriendlyName", "x")).Code.Should().Be(20404);
        (await _rest.DeleteAsync(path)).Code.Should().Be(20404);
    }

    [Fact]
    public async Task Children_live_under_their_parent_and_go_with_it()
    {
        var list = await _rest.PostAsync("SIP/CredentialLists.json", "FriendlyName", "l");
        var children = $"SIP/CredentialLists/{list["sid"]}/Credentials";
        var child = await _rest.PostAsync(children + ".json", "Username", "u", "Password", "Secret123456");

        child["credential_list_sid"].Should().Be(list["sid"]);
        child["username"].Should().Be("u");
        await _rest.DeleteAsync($"SIP/CredentialLists/{list["sid"]}.json");

        (await _rest.GetAsync($"{children}/{child["sid"]}.json")).Code.Should().Be(20404);
        (await _rest.GetAsync(children + ".json")).Code.Should().Be(20404);
        (await _rest.EntriesAsync("sip_credential.deleted")).Should().ContainSingle();
        (await _rest.World.Loop.RunAsync(() => _rest.World.Store.Counts().Select(c => c.Table).ToList(), default))
            .Should().NotContain(t => t.Contains(list["sid"]!.ToString()), "tables go with their parent");
    }

    [Fact]
    public async Task A_child_of_nobody_is_not_made()
    {
        var stranger = "CL" + new string('0', 32);

        (await _rest.PostAsync($"SIP/CredentialLists/{stranger}/Credentials.json", "Username", "u", "Password", "p")).Code
            .Should().Be(20404);
    }

    [Fact]
    public async Task A_parent_that_a_product_keeps_is_asked_for_there()
    {
        var number = await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", "+14155550100");
        var (addOn, other) = ("XE" + new string('1', 32), "PN" + new string('1', 32));

        var made = await _rest.PostAsync($"IncomingPhoneNumbers/{number["sid"]}/AssignedAddOns.json", "InstalledAddOnSid", addOn);

        made["sid"].Should().Be(addOn);
        made["resource_sid"].Should().Be(number["sid"]);
        made.Json.GetProperty("subresource_uris").GetProperty("extensions").GetString()
            .Should().Be(
                $"/2010-04-01/Accounts/{RestWorld.Account}/IncomingPhoneNumbers/{number["sid"]}/AssignedAddOns/{addOn}/Extensions.json");
        (await _rest.PostAsync($"IncomingPhoneNumbers/{other}/AssignedAddOns.json", "InstalledAddOnSid", addOn)).Code.Should().Be(20404);
        (await _rest.PostAsync($"IncomingPhoneNumbers/{number["sid"]}/AssignedAddOns.json", "InstalledAddOnSid", addOn)).Code
            .Should().Be(20409);
    }

    [Theory]
    [InlineData("FriendlyName=b", "b")]
    [InlineData("FriendlyName=nobody", "")]
    [InlineData("", "c b a")]
    public async Task Lists_are_newest_first_and_filter_by_equality(string filter, string expected)
    {
        foreach (var name in (string[])["a", "b", "c"]) await _rest.PostAsync("Applications.json", "FriendlyName", name);

        Names(await _rest.GetAsync("Applications.json?" + filter)).Should().Be(expected);
    }

    [Theory]
    [InlineData("CreateSipDomain")]
    [InlineData("CreateQueue")]
    [InlineData("CreateUsageTrigger")]
    public async Task A_missing_required_parameter_is_20001_and_named(string operation)
    {
        var path = operation switch { "CreateSipDomain" => "SIP/Domains.json", "CreateQueue" => "Queues.json", _ => "Usage/Triggers.json" };

        var answer = await _rest.PostAsync(path);

        answer.Code.Should().Be(20001);
        answer["message"].Should().StartWith("Missing required parameter");
    }

    [Theory]
    [InlineData("Queues.json", 20001, "FriendlyName", "q", "MaxSize", "many")]
    [InlineData("Applications.json", 21402, "VoiceUrl", "nowhere")]
    [InlineData("Applications.json", 21403, "VoiceMethod", "PUT")]
    [InlineData("Applications.json", 20001, "VoiceCallerIdLookup", "perhaps")]
    [InlineData(
        "Usage/Triggers.json", 20001, "CallbackUrl", "http://a.test", "TriggerValue", "1", "UsageCategory", "sms", "TriggerBy", "weight")]
    public async Task A_wrong_value_is_refused_with_its_code(string path, int code, params string[] form)
    {
        (await _rest.PostAsync(path, form)).Code.Should().Be(code);
    }

    [Fact]
    public async Task An_operation_that_only_answers_says_so_in_the_journal()
    {
        await using var rest = new RestWorld(storesUnbuilt: true);
        var answered = await rest.SendAsync(
            "POST", "/v2/WebChats", $"AddressSid=IG{new string('0', 32)}", "application/x-www-form-urlencoded",
            host: "flex-api.twilio.com");
        answered.Status.Should().Be(201);

        (await rest.EntriesAsync("warning")).Should().ContainSingle().Which.ToJson().Should().Contain("not emulated");
    }

    private static string Names(RestAnswer answer) =>
        string.Join(' ', answer.Json.GetProperty("applications").EnumerateArray().Select(a => a.GetProperty("friendly_name").GetString()));
}
