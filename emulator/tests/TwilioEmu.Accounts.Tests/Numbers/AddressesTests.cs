using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Numbers;

public sealed class AddressesTests : IAsyncDisposable
{
    private static readonly string[] Owl =
        ["CustomerName", "Owl", "Street", "2 Hasselhoff Lane", "City", "Berkeley", "Region", "CA", "PostalCode", "94704",
            "IsoCountry", "US"];

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task An_address_is_kept_listed_changed_and_deleted()
    {
        var made = await _rest.PostAsync(
            "Addresses.json", [.. Owl, "FriendlyName", "Main Office", "StreetSecondary", "Suite 300", "EmergencyEnabled", "true"]);

        made.Status.Should().Be(201);
        made["sid"].Should().MatchRegex("^AD[0-9a-f]{32}$");
        (made["customer_name"], made["validated"], made["verified"], made["emergency_enabled"], made["street_secondary"])
            .Should().Be(("Owl", "True", "False", "True", "Suite 300"));
        var path = $"Addresses/{made["sid"]}.json";
        (await _rest.PostAsync(path, "City", "Oakland", "StreetSecondary", ""))["city"].Should().Be("Oakland");
        (await _rest.GetAsync(path))["street_secondary"].Should().Be("");
        (await _rest.GetAsync("Addresses.json?IsoCountry=us&EmergencyEnabled=true&CustomerName=Owl&FriendlyName=Main+Office")).Json
            .GetProperty("addresses").GetArrayLength()
            .Should().Be(1);
        (await _rest.GetAsync("Addresses.json?EmergencyEnabled=false")).Json.GetProperty("addresses").GetArrayLength().Should().Be(0);
        (await _rest.DeleteAsync(path)).Status.Should().Be(204);
        (await _rest.GetAsync(path)).Code.Should().Be(20404);
    }

    [Theory]
    [InlineData("PostalCode", "9470", 21628)]
    [InlineData("Region", "XX", 21628)]
    [InlineData("IsoCountry", "XX", 20001)]
    [InlineData("City", "", 20001)]
    [InlineData("EmergencyEnabled", "maybe", 20001)]
    public async Task What_cannot_be_an_address_is_refused(string parameter, string value, int code)
    {
        (await _rest.PostAsync("Addresses.json", With(parameter, value))).Code.Should().Be(code);
    }

    [Fact]
    public async Task A_name_of_65_characters_is_too_long()
    {
        (await _rest.PostAsync("Addresses.json", [.. Owl, "FriendlyName", new string('n', 65)])).Code.Should().Be(20002);
    }

    [Fact]
    public async Task What_is_nearly_right_is_put_right_or_suggested()
    {
        string[] spelt =
        [
            "CustomerName", "Owl", "Street", "1 King St", "City", "Toronto", "Region", "on", "PostalCode", "m5h2n2", "IsoCountry", "CA",
        ];

        var corrected = await _rest.PostAsync("Addresses.json", spelt);
        var suggested = await _rest.PostAsync("Addresses.json", [.. spelt, "AutoCorrectAddress", "false"]);

        (corrected["region"], corrected["postal_code"]).Should().Be(("ON", "M5H 2N2"));
        suggested.Code.Should().Be(21629);
        suggested["message"].Should().Contain("ON M5H 2N2");
    }

    [Fact]
    public async Task Addresses_of_other_countries_are_kept_as_they_are()
    {
        var made = await _rest.PostAsync(
            "Addresses.json", "CustomerName", "Eule", "Street", "Unter den Linden 1", "City", "Berlin", "Region", "Berlin", "PostalCode",
            "10117", "IsoCountry", "de");

        (made["iso_country"], made["validated"], made["friendly_name"]).Should().Be(("DE", "False", null));
    }

    [Fact]
    public async Task An_address_lists_the_numbers_that_depend_on_it_and_stays_as_long_as_one_does()
    {
        var address = (await _rest.PostAsync("Addresses.json", Owl))["sid"]!;
        var number = await _rest.PostAsync("IncomingPhoneNumbers.json", "PhoneNumber", "+14155550123", "AddressSid", address);

        var dependent = (await _rest.GetAsync($"Addresses/{address}/DependentPhoneNumbers.json")).Json.GetProperty(
            "dependent_phone_numbers");
        dependent[0].GetProperty("sid").GetString().Should().Be(number["sid"]);
        dependent[0].GetProperty("capabilities").GetProperty("SMS").GetBoolean().Should().BeTrue();
        (await _rest.DeleteAsync($"Addresses/{address}.json")).Code.Should().Be(20409);

        await _rest.PostAsync($"IncomingPhoneNumbers/{number["sid"]}.json", "AddressSid", "");
        (await _rest.DeleteAsync($"Addresses/{address}.json")).Status.Should().Be(204);
        (await _rest.GetAsync($"Addresses/{address}/DependentPhoneNumbers.json")).Code.Should().Be(20404);
    }

    private static string[] With(string parameter, string value)
    {
        var at = Array.IndexOf(Owl, parameter);
        if (at < 0) return [.. Owl, parameter, value];
        string[] changed = [.. Owl];
        changed[at + 1] = value;
        return changed;
    }
}
