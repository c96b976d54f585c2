using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.DialingPermissions;

public sealed class PermissionOperationsTests : IAsyncDisposable
{
    private const string Host = "voice.twilio.com";
    private const string Countries = "/v1/DialingPermissions/Countries";

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    private Task<RestAnswer> GetAsync(string path, string user = RestWorld.Account, string password = RestWorld.Token) =>
        _rest.SendAsync("GET", path, null, null, user, password, Host);

    private Task<RestAnswer> PostAsync(
        string path, string name, string value, string user = RestWorld.Account, string password = RestWorld.Token) =>
        _rest.SendAsync("POST", path, $"{name}={Uri.EscapeDataString(value)}", "application/x-www-form-urlencoded", user, password, Host);

    private Task<RestAnswer> SwitchAsync(string json) => PostAsync("/v1/DialingPermissions/BulkCountryUpdates", "UpdateRequest", json);

    private Task<bool> MayCallAsync(string number, string account = RestWorld.Account) =>
        _rest.World.Loop.RunAsync(() => _rest.Permissions.MayCall(new AccountSid(account), number), default);

    private static List<string> CodesOf(RestAnswer answer) =>
        [.. answer.Json.GetProperty("content").EnumerateArray().Select(c => c.GetProperty("iso_code").GetString()!)];

    [Fact]
    public async Task A_country_is_shown_with_what_may_be_called()
    {
        var answer = await GetAsync(Countries + "/LV");
        answer.Status.Should().Be(200);
        answer["iso_code"].Should().Be("LV");
        answer["name"].Should().Be("Latvia");
        answer["continent"].Should().Be("EUROPE");
        answer.Json.GetProperty("country_codes").EnumerateArray().Select(c => c.GetString()).Should().Equal("+371");
        answer.Json.GetProperty("low_risk_numbers_enabled").GetBoolean().Should().BeFalse();
        answer["url"].Should().Be($"https://{Host}{Countries}/LV");
        answer.Json.GetProperty("links")
            .GetProperty("highrisk_special_prefixes").GetString()
            .Should().Be($"https://{Host}{Countries}/LV/HighRiskSpecialPrefixes");
    }

    /// <remarks>twilio.com/docs/api/errors/60605: no voice traffic to Iran, Syria and Cuba.</remarks>
    [Theory]
    [InlineData("+982123456789")]
    [InlineData("+963112345678")]
    [InlineData("+5371234567")]
    public async Task Where_Twilio_brings_nothing_nobody_may_call_whatever_the_account_says(string number)
    {
        (await MayCallAsync(number)).Should().BeFalse();
        await SwitchAsync("""[{"iso_code":"IR","low_risk_numbers_enabled":"true","high_risk_special_numbers_enabled":"true","high_risk_tollfraud_numbers_enabled":"true"}]""");
        (await MayCallAsync(number)).Should().BeFalse();
        (await MayCallAsync("+37120123456")).Should().BeTrue();
    }

    [Fact]
    public async Task No_country_is_no_country()
    {
        (await GetAsync(Countries + "/XX")).Status.Should().Be(404);
        (await GetAsync(Countries + "/XX/HighRiskSpecialPrefixes")).Status.Should().Be(404);
    }

    [Fact]
    public async Task Every_country_with_a_plan_lies_on_a_continent()
    {
        var answer = await GetAsync(Countries + "?PageSize=1000");
        var countries = answer.Json.GetProperty("content").EnumerateArray().ToList();
        countries.Should().HaveCount(NumberPlans.Countries.Count);
        countries.Where(c => c.GetProperty("continent").ValueKind == JsonValueKind.Null).Select(c => c.GetProperty("iso_code").GetString())
            .Should().BeEmpty();
    }

    [Theory]
    [InlineData("IsoCode=gb", "GB")]
    [InlineData("LowRiskNumbersEnabled=true", "CA US")]
    [InlineData("HighRiskSpecialNumbersEnabled=true", "FR")]
    [InlineData("HighRiskTollfraudNumbersEnabled=true", "FR")]
    [InlineData("CountryCode=%2B371", "LV")]
    [InlineData("CountryCode=1876", "JM")]
    [InlineData("CountryCode=44", "GB GG IM JE")]
    [InlineData("Continent=SOUTH_AMERICA&CountryCode=54", "AR")]
    [InlineData("Continent=ASIA&CountryCode=54", "")]
    public async Task A_filter_lets_through(string query, string codes)
    {
        await SwitchAsync("""[{"iso_code":"FR","high_risk_special_numbers_enabled":"true","high_risk_tollfraud_numbers_enabled":true}]""");
        string.Join(' ', CodesOf(await GetAsync($"{Countries}?{query}"))).Should().Be(codes);
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_ended()
    {
        var first = await GetAsync(Countries + "?PageSize=2");
        CodesOf(first).Should().Equal("AC", "AD");
        var next = new Uri(first.Json.GetProperty("meta").GetProperty("next_page_url").GetString()!);
        CodesOf(await GetAsync(next.PathAndQuery)).Should().Equal("AE", "AF");
    }

    [Fact]
    public async Task Special_prefixes_are_those_of_the_countrys_plan()
    {
        var answer = await GetAsync(Countries + "/LV/HighRiskSpecialPrefixes");
        answer.Json.GetProperty("content").EnumerateArray().Select(p => p.GetProperty("prefix").GetString())
            .Should().Equal("+37181", "+37190");
    }

    [Fact]
    public async Task A_bulk_update_switches_countries_and_counts_them()
    {
        var answer = await SwitchAsync(
            """[{"iso_code":"GB","low_risk_numbers_enabled":"true"},{"iso_code":"US","low_risk_numbers_enabled":false}]""");
        answer.Status.Should().Be(201);
        answer.Json.GetProperty("update_count").GetInt32().Should().Be(2);
        answer["update_request"].Should().Be("accepted");
        (await GetAsync(Countries + "/GB")).Json.GetProperty("low_risk_numbers_enabled").GetBoolean().Should().BeTrue();
        (await GetAsync(Countries + "/US")).Json.GetProperty("low_risk_numbers_enabled").GetBoolean().Should().BeFalse();
    }

    [Theory]
    [InlineData("GB")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[{}]")]
    [InlineData("""[{"iso_code":1}]""")]
    [InlineData("""[{"iso_code":"XX"}]""")]
    [InlineData("""[{"iso_code":"GB","low_risk_numbers_enabled":"maybe"}]""")]
    [InlineData("""[{"iso_code":"GB","low_risk":"true"}]""")]
    public async Task An_update_that_cannot_be_read_changes_nothing(string json)
    {
        var answer = await SwitchAsync(json);
        answer.Status.Should().Be(400);
        answer.Code.Should().Be(20001);
        (await _rest.EntriesAsync("dialing_permission.updated")).Should().BeEmpty();
    }

    [Fact]
    public async Task Only_what_the_account_switched_off_is_barred()
    {
        (await MayCallAsync("+442079460000")).Should().BeTrue("nobody has said anything");
        await SwitchAsync(
            """[{"iso_code":"GB","low_risk_numbers_enabled":"false"},{"iso_code":"LV","low_risk_numbers_enabled":"true","high_risk_special_numbers_enabled":"false"}]""");
        (await MayCallAsync("+442079460000")).Should().BeFalse();
        (await MayCallAsync("+33612345678")).Should().BeTrue();
        (await MayCallAsync("+37167000000")).Should().BeTrue();
        (await MayCallAsync("+37190000000")).Should().BeFalse("it is a premium number");
        await SwitchAsync("""[{"iso_code":"GB","low_risk_numbers_enabled":"true"}]""");
        (await MayCallAsync("+442079460000")).Should().BeTrue();
    }

    [Fact]
    public async Task A_subaccount_inherits_until_it_says_otherwise()
    {
        var parent = new AccountSid(RestWorld.Account);
        var sub = await _rest.World.Loop.RunAsync(
            () => _rest.Accounts.Create(new AccountSpec { FriendlyName = "sub", Owner = parent }), default);
        await SwitchAsync("""[{"iso_code":"GB","low_risk_numbers_enabled":"false"}]""");
        (await GetAsync("/v1/Settings")).Json
            .GetProperty("dialing_permissions_inheritance").GetBoolean()
            .Should().BeFalse("a main account has nobody to inherit from");
        (await GetAsync("/v1/Settings", sub.Sid.Value, sub.AuthToken)).Json.GetProperty("dialing_permissions_inheritance").GetBoolean()
            .Should().BeTrue();
        (await MayCallAsync("+442079460000", sub.Sid.Value)).Should().BeFalse();

        var settings = await PostAsync("/v1/Settings", "DialingPermissionsInheritance", "False", sub.Sid.Value, sub.AuthToken);
        settings.Status.Should().Be(202);
        settings.Json.GetProperty("dialing_permissions_inheritance").GetBoolean().Should().BeFalse();
        (await MayCallAsync("+442079460000", sub.Sid.Value)).Should().BeTrue();
    }
}
