using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Pipeline;

public sealed class LostPlusTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task A_plus_that_was_sent_unescaped_is_a_plus_in_every_operation_that_takes_a_number()
    {
        await using var rest = new RestWorld(storesUnbuilt: true);
        var service = (await rest.SendAsync("POST", "/v2/Services", "FriendlyName=App", Form, host: "verify.twilio.com"))["sid"];
        (await rest.SendAsync(
            "POST", $"/v2/Services/{service}/Verifications", "To=+14155550199&Channel=sms", Form, host: "verify.twilio.com"))["to"]
            .Should().Be("+14155550199");
        (await rest.SendAsync("POST", "IncomingPhoneNumbers.json", "PhoneNumber=+14155550123", Form))["phone_number"]
            .Should().Be("+14155550123");
        (await rest.GetAsync("IncomingPhoneNumbers.json?PhoneNumber=+14155550123")).Json.GetProperty(
            "incoming_phone_numbers").GetArrayLength()
            .Should().Be(1);
    }

    [Theory]
    [InlineData("FriendlyName", "+14155550100", " 14155550100")]
    [InlineData("FriendlyName", "a+b", "a b")]
    public async Task Blanks_of_other_parameters_stay_blanks(string name, string sent, string kept)
    {
        await using var rest = new RestWorld();
        (await rest.SendAsync("POST", "Queues.json", $"{name}={sent}", Form))["friendly_name"].Should().Be(kept);
    }
}
