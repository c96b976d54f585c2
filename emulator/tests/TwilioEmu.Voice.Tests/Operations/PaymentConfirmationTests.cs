using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Paying;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Operations;

/// <summary>twilio.com/docs/voice/api/payment-resource: Confirmation.</summary>
public sealed class PaymentConfirmationTests
{
    private const string Visa = "4111111111111111";

    [Theory]
    [InlineData("1", "ExpirationDate")]
    [InlineData("2", "PaymentCardNumber,ExpirationDate")]
    [InlineData("w", "PaymentCardNumber,ExpirationDate")]
    public async Task The_payer_hears_the_last_digits_and_says_whether_they_are_right(string key, string required)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>Hello</Say><Pause length='120'/>");
        var sid = await house.DialAsync(
            Waits(4), Presses(Visa), Hears("ends in 1 1 1 1. To confirm, press 1", within: 10), Presses(key), Waits(60));
        await house.AdvanceAsync(1);
        var answer = await house.AskAtAsync("CreatePayments", new() { ["CallSid"] = sid }, ("IdempotencyKey", "a"),
            ("StatusCallback", "http://app/told"), ("SecurityCode", "false"), ("PostalCode", "false"), ("Confirmation", "true"));
        var payment = (Payment)((Answer.Resource)answer).Face;
        await house.AskAtAsync("UpdatePayments", new() { ["CallSid"] = sid, ["Sid"] = payment.Sid }, ("IdempotencyKey", "b"),
            ("StatusCallback", "http://app/told"), ("Capture", "payment-card-number"));
        await house.AdvanceAsync(50);
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
        var whole = house.Requests.Last(
            r => r.Path == "/told" && r.Parameters.GetValueOrDefault("Capture") == "payment-card-number").Parameters;
        (whole["PartialResult"], whole["Required"]).Should().Be(("false", required));
    }
}
