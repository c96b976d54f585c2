using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Numbers;

public sealed class NumberReferencesTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_number_whose_country_asks_for_an_address_is_not_sold_without_one()
    {
        var berlin = await AddressAsync("DE");
        var london = await AddressAsync("GB");

        (await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", "+493012345678")).Code.Should().Be(21615);
        (await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", "+493012345678", "AddressSid", london)).Code.Should().Be(21615);
        (await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", "+61480123456")).Code.Should().Be(21631);
        (await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", "+61480123456", "AddressSid", london)).Status.Should().Be(201);
        var number = await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", "+493012345678", "AddressSid", berlin);
        (number["address_requirements"], number["address_sid"]).Should().Be(("local", berlin));
        (await _rest.PostAsync($"IncomingPhoneNumbers/{number["sid"]}.json", "AddressSid", "")).Code.Should().Be(21615);
        (await _rest.EntriesAsync("warning")).Should().HaveCount(2);
    }

    [Theory]
    [InlineData("SmsApplicationSid", "AP", 21420)]
    [InlineData("VoiceApplicationSid", "AP", 21420)]
    [InlineData("AddressSid", "AD", 20001)]
    [InlineData("EmergencyAddressSid", "AD", 20001)]
    public async Task A_number_cannot_refer_to_what_is_not_there(string parameter, string prefix, int code)
    {
        (await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", "+14155550123", parameter, prefix + new string('a', 32))).Code
            .Should().Be(code);
    }

    [Fact]
    public async Task A_number_with_an_emergency_address_is_not_released_before_it_is_taken_off()
    {
        var address = await AddressAsync("GB", "EmergencyEnabled", "true");
        var number = await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", "+14155550123", "EmergencyAddressSid", address);
        number["emergency_address_status"].Should().Be("registered");
        var path = $"IncomingPhoneNumbers/{number["sid"]}.json";

        (await _rest.DeleteAsync(path)).Code.Should().Be(20409);
        (await _rest.PostAsync(path, "EmergencyAddressSid", ""))["emergency_address_status"].Should().Be("unregistered");
        (await _rest.DeleteAsync(path)).Status.Should().Be(204);
    }

    [Fact]
    public async Task A_number_that_changes_hands_leaves_what_its_old_account_keeps_behind()
    {
        var address = await AddressAsync("GB");
        var app = (await _rest.PostAsync("Applications.json", "FriendlyName", "app"))["sid"]!;
        var number = await _rest.PostAsync(
            "IncomingPhoneNumbers.json", "PhoneNumber", "+14155550123", "AddressSid", address, "VoiceApplicationSid", app, "SmsUrl",
            "http://app/sms");
        var child =
            (await _rest.SendAsync("POST", "/2010-04-01/Accounts.json", "FriendlyName=child", "application/x-www-form-urlencoded"))["sid"]!;

        var moved = await _rest.PostAsync($"IncomingPhoneNumbers/{number["sid"]}.json", "AccountSid", child);

        (moved["account_sid"], moved["address_sid"], moved["voice_application_sid"], moved["sms_url"])
            .Should().Be((child, null, null, "http://app/sms"));
    }

    [Theory]
    [InlineData("+4479111")]
    [InlineData("+999123456789")]
    [InlineData("+1415555012")]
    public async Task A_number_no_country_could_have_is_invalid(string number)
    {
        (await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", number)).Code.Should().Be(21421);
    }

    private async Task<string> AddressAsync(string country, params string[] more) =>
        (await _rest.PostAsync(
            "Addresses.json",
            [.. new[] { "CustomerName", "Owl", "Street", "1 Road", "City", "Town", "Region", "Land", "PostalCode", "1", "IsoCountry",
                country }, .. more]))["sid"]!;
}
