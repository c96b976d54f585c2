using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Permissions;

public sealed class GeoPermissionTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_country_is_texted_until_the_account_switches_it_off_and_again_when_it_is_on()
    {
        (await SendAsync()).Status.Should().Be(201);
        (await SwitchAsync("""{"country_code":"JP","type":"country","enabled":false}""")).Status.Should().Be(200);
        (await SendAsync()).Code.Should().Be(21408);
        (await SwitchAsync("""{"country_code":"JP","type":"country","enabled":true}""")).Status.Should().Be(200);
        (await SendAsync()).Status.Should().Be(201);
    }

    [Fact]
    public async Task Permissions_are_shown_by_country()
    {
        await SwitchAsync("""{"country_code":"JP","type":"country","enabled":false}""");
        var shown = (
            await _house.Rest.SendAsync(
                "GET", "/v1/Messaging/GeoPermissions?CountryCode=JP,US", null, null, host: "accounts.twilio.com")).Json.GetProperty(
                    "permissions");
        shown.EnumerateArray().Select(p => $"{p.GetProperty("country_code")} {p.GetProperty("prefix")} {p.GetProperty("enabled")}")
            .Should().Equal("JP +81 False", "US +1 True");
    }

    [Fact]
    public async Task What_is_no_country_is_told_and_the_rest_is_done()
    {
        var answer = await SwitchAsync(
            """{"country_code":"XX","type":"country","enabled":false}""", """{"country_code":"JP","type":"country","enabled":false}""");
        answer.Json.GetProperty("permissions").EnumerateArray().Select(p => p.GetProperty("error_code").GetInt32())
            .Should().Equal(30649, 0);
        (await SwitchAsync("no")).Code.Should().Be(20001);
        (await SendAsync()).Code.Should().Be(21408);
    }

    /// <remarks>twilio.com/docs/api/errors/30649.</remarks>
    [Theory]
    [InlineData("NG", true)]
    [InlineData("IL", true)]
    [InlineData("IR", false)]
    [InlineData("CU", false)]
    public async Task What_is_switched_in_the_console_alone_or_by_nobody_stays_as_it_is(string country, bool isOn)
    {
        foreach (var wanted in (string[])["true", "false"])
        {
            var row = (await SwitchAsync($$"""{"country_code":"{{country}}","type":"country","enabled":{{wanted}}}"""))
                .Json.GetProperty("permissions")[0];
            (row.GetProperty("error_code").GetInt32(), row.GetProperty("enabled").GetBoolean()).Should().Be((30649, isOn));
        }
    }

    private Task<RestAnswer> SendAsync() =>
        _house.Rest.PostAsync("Messages.json", "To", "+819012345678", "From", MessagingHouse.Number, "Body", "x");

    private Task<RestAnswer> SwitchAsync(params string[] permissions) => _house.Rest.SendAsync(
        "PATCH", "/v1/Messaging/GeoPermissions", string.Join('&', permissions.Select(p => "Permissions=" + Uri.EscapeDataString(p))),
        "application/x-www-form-urlencoded", host: "accounts.twilio.com");
}
