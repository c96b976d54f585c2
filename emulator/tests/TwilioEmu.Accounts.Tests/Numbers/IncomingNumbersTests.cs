using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Numbers;

public sealed class IncomingNumbersTests : IAsyncDisposable
{
    private const string Path = "IncomingPhoneNumbers.json";

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_bought_number_shows_what_it_was_given_and_defaults_for_the_rest()
    {
        var bought = await _rest.PostAsync(Path, "PhoneNumber", "+14155550100", "SmsUrl", "http://app.test/sms", "SmsMethod", "get");

        bought.Status.Should().Be(201);
        bought["sid"].Should().MatchRegex("^PN[0-9a-f]{32}$");
        bought["phone_number"].Should().Be("+14155550100");
        bought["friendly_name"].Should().Be("(415) 555-0100");
        bought["sms_url"].Should().Be("http://app.test/sms");
        bought["sms_method"].Should().Be("GET");
        bought["voice_url"].Should().Be("");
        bought["voice_method"].Should().Be("POST");
        bought["type"].Should().Be("local");
        bought["date_created"].Should().Be("Mon, 05 Jan 2026 09:00:00 +0000");
        bought["uri"].Should().Be($"/2010-04-01/Accounts/{RestWorld.Account}/IncomingPhoneNumbers/{bought["sid"]}.json");
        (await _rest.GetAsync($"IncomingPhoneNumbers/{bought["sid"]}.json")).Body.Should().Be(bought.Body);
    }

    [Fact]
    public async Task A_number_belongs_to_the_emulator_while_it_is_owned()
    {
        var bought = await _rest.PostAsync(Path, "PhoneNumber", "+14155550100");
        (await IsAttached("+14155550100")).Should().BeTrue();

        (await _rest.DeleteAsync($"IncomingPhoneNumbers/{bought["sid"]}.json")).Status.Should().Be(204);

        (await IsAttached("+14155550100")).Should().BeFalse();
        (await _rest.GetAsync($"IncomingPhoneNumbers/{bought["sid"]}.json")).Code.Should().Be(20404);
        (await _rest.DeleteAsync($"IncomingPhoneNumbers/{bought["sid"]}.json")).Code.Should().Be(20404);
    }

    [Fact]
    public async Task An_area_code_buys_the_first_number_that_is_free()
    {
        var first = await _rest.PostAsync(Path, "AreaCode", "808");
        var second = await _rest.PostAsync(Path, "AreaCode", "808");

        first["phone_number"].Should().StartWith("+1808");
        second["phone_number"].Should().StartWith("+1808").And.NotBe(first["phone_number"]);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(21421, "PhoneNumber", "12")]
    [InlineData(21451, "AreaCode", "12")]
    [InlineData(21451, "AreaCode", "555")]
    [InlineData(21451, "AreaCode", "000")]
    [InlineData(21451, "AreaCode", "4a5")]
    [InlineData(21452, "AreaCode", "800")]
    [InlineData(21402, "PhoneNumber", "+14155550100", "SmsUrl", "nowhere")]
    [InlineData(21402, "PhoneNumber", "+14155550100", "StatusCallback", "ftp://x/y")]
    [InlineData(21403, "PhoneNumber", "+14155550100", "VoiceMethod", "PUT")]
    [InlineData(21406, "PhoneNumber", "+14155550100", "SmsFallbackUrl", "http://app.test")]
    [InlineData(21405, "PhoneNumber", "+14155550100", "VoiceFallbackUrl", "http://app.test")]
    [InlineData(21420, "PhoneNumber", "+14155550100", "VoiceApplicationSid", "AP1")]
    [InlineData(20001, "PhoneNumber", "+14155550100", "VoiceReceiveMode", "telex")]
    [InlineData(21407, "PhoneNumber", "+443300000000", "SmsUrl", "http://app.test")]
    public async Task Bad_settings_get_their_codes_and_buy_nothing(int code, params string[] form)
    {
        var answer = await _rest.PostAsync(Path, form);

        answer.Status.Should().Be(400);
        answer.Code.Should().Be(code);
        (await _rest.GetAsync(Path)).Json.GetProperty("incoming_phone_numbers").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_friendly_name_over_64_characters_is_20002()
    {
        (await _rest.PostAsync(Path, "PhoneNumber", "+14155550100", "FriendlyName", new string('x', 65))).Code.Should().Be(20002);
    }

    [Fact]
    public async Task A_number_that_somebody_owns_is_not_available()
    {
        await _rest.PostAsync(Path, "PhoneNumber", "+14155550100");

        var again = await _rest.PostAsync(Path, "PhoneNumber", "+1 415-555-0100");

        again.Code.Should().Be(21422);
        again["message"].Should().Be("+14155550100 is not available");
    }

    [Theory]
    [InlineData("+447700900123", "mobile")]
    [InlineData("+46701740605", "mobile")]
    [InlineData("+4915112345678", "mobile")]
    [InlineData("+919876543210", "mobile")]
    [InlineData("+12125550147", "local")]
    [InlineData("+8613800138000", "mobile")]
    [InlineData("+3545551234", "local")]
    public async Task A_number_of_any_country_can_be_bought_by_its_digits(string number, string type)
    {
        var bought = await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", number);
        bought.Status.Should().Be(201);
        bought["phone_number"].Should().Be(number);
        bought["type"].Should().Be(type);
    }

    [Theory]
    [InlineData("Local", 21457, "AreaCode", "415")]
    [InlineData("TollFree", 21458, "PhoneNumber", "+14155550100")]
    [InlineData("Local", 21458, "PhoneNumber", "+18005550100")]
    [InlineData("Mobile", 21421, "FriendlyName", "x")]
    public async Task Sub_lists_take_only_their_own_type(string list, int code, string name, string value)
    {
        (await _rest.PostAsync($"IncomingPhoneNumbers/{list}.json", name, value)).Code.Should().Be(code);
    }

    [Fact]
    public async Task Sub_lists_show_only_their_own_type()
    {
        await _rest.PostAsync(Path, "PhoneNumber", "+14155550100");
        await _rest.PostAsync("IncomingPhoneNumbers/TollFree.json", "PhoneNumber", "+18885550100");

        Numbers(await _rest.GetAsync("IncomingPhoneNumbers/TollFree.json")).Should().Equal("+18885550100");
        Numbers(await _rest.GetAsync("IncomingPhoneNumbers/Local.json")).Should().Equal("+14155550100");
        Numbers(await _rest.GetAsync(Path)).Should().Equal("+18885550100", "+14155550100");
    }

    [Theory]
    [InlineData("PhoneNumber=%2B14155550100", "+14155550100")]
    [InlineData("PhoneNumber=555*10*", "+14155550100")]
    [InlineData("FriendlyName=Second", "+14155550222")]
    [InlineData("Origin=hosted", "")]
    public async Task Filters_narrow_the_list(string filter, string expected)
    {
        await _rest.PostAsync(Path, "PhoneNumber", "+14155550100");
        await _rest.PostAsync(Path, "PhoneNumber", "+14155550222", "FriendlyName", "Second");

        string.Join(' ', Numbers(await _rest.GetAsync($"{Path}?{filter}"))).Should().Be(expected);
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_empty_clears()
    {
        var bought = await _rest.PostAsync(Path, "PhoneNumber", "+14155550100", "SmsUrl", "http://a.test", "VoiceUrl", "http://b.test");

        var updated = await _rest.PostAsync($"IncomingPhoneNumbers/{bought["sid"]}.json", "SmsUrl", "", "FriendlyName", "Desk");

        updated.Status.Should().Be(200);
        updated["sms_url"].Should().Be("");
        updated["voice_url"].Should().Be("http://b.test");
        updated["friendly_name"].Should().Be("Desk");
        var found = await _rest.World.Loop.RunAsync(() => _rest.Numbers.Find("+14155550100"), default);
        found!.VoiceUrl.Should().Be("http://b.test");
    }

    [Fact]
    public async Task A_trunk_and_a_voice_application_shut_each_other_out()
    {
        var application = (await _rest.PostAsync("Applications.json", "FriendlyName", "app"))["sid"]!;
        var bought = await _rest.PostAsync(Path, "PhoneNumber", "+14155550100", "VoiceApplicationSid", application);

        var updated = await _rest.PostAsync($"IncomingPhoneNumbers/{bought["sid"]}.json", "TrunkSid", "TK" + new string('2', 32));

        updated["trunk_sid"].Should().Be("TK" + new string('2', 32));
        updated["voice_application_sid"].Should().BeNull();
    }

    [Fact]
    public async Task A_parent_moves_a_number_to_its_subaccount()
    {
        var sub = await _rest.PostAsync("/2010-04-01/Accounts.json", "FriendlyName", "sub");
        var bought = await _rest.PostAsync(Path, "PhoneNumber", "+14155550100", "SmsUrl", "http://a.test");

        var moved = await _rest.PostAsync($"IncomingPhoneNumbers/{bought["sid"]}.json", "AccountSid", sub["sid"]!);

        moved["account_sid"].Should().Be(sub["sid"]);
        moved["sms_url"].Should().Be("http://a.test");
        (await _rest.GetAsync($"IncomingPhoneNumbers/{bought["sid"]}.json")).Code.Should().Be(20404);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{sub["sid"]}/IncomingPhoneNumbers/{bought["sid"]}.json")).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("AC1", 21470)]
    [InlineData("AC99999999999999999999999999999999", 21471)]
    public async Task A_number_moves_to_no_stranger(string target, int code)
    {
        var bought = await _rest.PostAsync(Path, "PhoneNumber", "+14155550100");

        (await _rest.PostAsync($"IncomingPhoneNumbers/{bought["sid"]}.json", "AccountSid", target)).Code.Should().Be(code);
    }

    [Theory]
    [InlineData("PhoneNumber", "+15005550006", 0)]
    [InlineData("PhoneNumber", "+15005550000", 21422)]
    [InlineData("PhoneNumber", "+15005550001", 21421)]
    [InlineData("AreaCode", "500", 0)]
    [InlineData("AreaCode", "533", 21452)]
    public async Task Test_credentials_know_the_magic_numbers_and_keep_nothing(string name, string value, int code)
    {
        var sid = new AccountSid("AC" + new string('7', 32));
        await _rest.World.Loop.RunAsync(
            () => _rest.Accounts.Create(new AccountSpec { Sid = sid, AuthToken = "t", IsTest = true }), default);

        var answer = await _rest.SendAsync(
            "POST", $"/2010-04-01/Accounts/{sid}/{Path}", $"{name}={Uri.EscapeDataString(value)}", "application/x-www-form-urlencoded",
            sid.Value, "t");

        if (code == 0) answer["friendly_name"].Should().Be("(500) 555-0006");
        else answer.Code.Should().Be(code);
        (await IsAttached("+15005550006")).Should().BeFalse();
        (await _rest.GetAsync($"/2010-04-01/Accounts/{sid}/{Path}", sid.Value, "t")).Code.Should().Be(20008);
    }

    [Fact]
    public async Task The_config_gives_numbers_of_every_kind()
    {
        await _rest.World.Loop.RunAsync(() =>
        {
            var account = AccountBook.DefaultSid;
            _rest.Numbers.Add(account, new PhoneNumberSpec { Number = "12345", MessagesPerSecond = 40 });
            _rest.Numbers.Add(account, new PhoneNumberSpec { Number = "+1 (800) 555-0100" });
            _rest.Numbers.Find("12345")!.Kind.Should().Be(NumberKind.ShortCode);
            _rest.Numbers.Find("12345")!.MessagesPerSecond.Should().Be(40);
            _rest.Numbers.Find("+18005550100")!.Kind.Should().Be(NumberKind.TollFree);
            _rest.Numbers.Invoking(n => n.Add(account, new PhoneNumberSpec { Number = "12345" })).Should().Throw<ArgumentException>();
            _rest.Numbers.Invoking(n => n.Add(account, new PhoneNumberSpec { Number = "abc" })).Should().Throw<ArgumentException>();
        }, default);

        var list = await _rest.GetAsync("SMS/ShortCodes.json?ShortCode=123");
        var code = list.Json.GetProperty("short_codes")[0];
        code.GetProperty("short_code").GetString().Should().Be("12345");
        var path = $"SMS/ShortCodes/{code.GetProperty("sid").GetString()}.json";
        (await _rest.PostAsync(path, "SmsUrl", "http://a.test"))["sms_url"].Should().Be("http://a.test");
        (await _rest.PostAsync(path, "SmsMethod", "PUT")).Code.Should().Be(21403);
        (await _rest.GetAsync(path))["sms_url"].Should().Be("http://a.test");
        Numbers(await _rest.GetAsync(Path)).Should().Equal("+18005550100");
    }

    private Task<bool> IsAttached(string address) =>
        _rest.World.Loop.RunAsync(() => _rest.Exchange.IsNumber(address) && _rest.Numbers.Find(address) is not null, default);

    private static IEnumerable<string?> Numbers(RestAnswer answer) =>
        answer.Json.GetProperty("incoming_phone_numbers").EnumerateArray().Select(n => n.GetProperty("phone_number").GetString());
}
