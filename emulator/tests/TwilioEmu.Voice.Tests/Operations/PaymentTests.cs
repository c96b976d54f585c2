using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Voice.Paying;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Operations;

/// <summary>twilio.com/docs/voice/api/payment-resource; error dictionary 640xx.</summary>
public sealed class PaymentTests
{
    private const string Visa = "4111111111111111";

    [Fact]
    public async Task An_agent_leads_a_payment_piece_by_piece()
    {
        await using var house = await BuildAsync();
        var sid = await InCallAsync(house, Waits(4), Presses(Visa), Waits(3), Presses("1229"), Waits(60));
        var payment = await CreateAsync(house, sid, ("SecurityCode", "false"), ("PostalCode", "false"), ("ChargeAmount", "9.99"));
        await UpdateAsync(house, payment, "1", ("Capture", "payment-card-number"));
        await house.AdvanceAsync(6);
        (await RefusedAsync(house, payment, "2", ("Status", "complete"))).Should().Be(64019);
        await UpdateAsync(house, payment, "3", ("Capture", "expiration-date"));
        await house.AdvanceAsync(6);
        // An order that was refused was not carried out: its key is still good.
        await UpdateAsync(house, payment, "2", ("Status", "complete"));
        await house.AdvanceAsync(5);
        var told = house.Requests.Where(r => r.Path == "/told").Select(r => r.Parameters).ToList();
        told[0].Keys.Should().Equal("AccountSid", "CallSid", "Sid", "DateCreated", "PaymentConnector", "PaymentMethod", "ChargeAmount");
        (told[1]["Capture"], told[1]["PartialResult"], told[1]["Required"])
            .Should().Be(("payment-card-number", "true", "PaymentCardNumber,ExpirationDate"));
        // One for each key, then the whole piece.
        told.Count(t => t.GetValueOrDefault("Capture") == "payment-card-number" && t["PartialResult"] == "true").Should().Be(17);
        var whole = told.Single(t => t.GetValueOrDefault("Capture") == "payment-card-number" && t["PartialResult"] == "false");
        (whole["PaymentCardNumber"], whole["PaymentCardType"], whole["Required"])
            .Should().Be(("xxxx-xxxx-xxxx-1111", "visa", "ExpirationDate"));
        var end = told[^1];
        (end["Result"], end["Sid"], end["ExpirationDate"]).Should().Be(("success", payment.Sid, "1229"));
        end["PaymentConfirmationCode"].Should().StartWith("ch_");
        told.SelectMany(t => t.Values).Should().NotContain(v => v.Contains(Visa));
    }

    [Fact]
    public async Task A_wrong_piece_is_told_and_may_be_captured_again()
    {
        await using var house = await BuildAsync();
        var sid = await InCallAsync(house, Waits(4), Presses("4111111111111112"), Waits(4), Presses(Visa), Waits(60));
        var payment = await CreateAsync(house, sid);
        await UpdateAsync(house, payment, "1", ("Capture", "payment-card-number"));
        await house.AdvanceAsync(6);
        house.Requests.Last(r => r.Path == "/told").Parameters["ErrorType"].Should().Be("invalid-card-number");
        await UpdateAsync(house, payment, "2", ("Capture", "payment-card-number"));
        await house.AdvanceAsync(8);
        house.Requests.Last(r => r.Path == "/told").Parameters.Should().NotContainKey("ErrorType");
    }

    [Theory]
    [InlineData(Visa, null)]
    [InlineData("4000000000000002", "input-matching-failed")]
    public async Task A_piece_may_have_to_be_keyed_in_twice(string second, string? error)
    {
        await using var house = await BuildAsync();
        var sid = await InCallAsync(house, Waits(4), Presses(Visa), Waits(4), Presses(second), Waits(60));
        var payment = await CreateAsync(
            house, sid, ("SecurityCode", "false"), ("PostalCode", "false"), ("RequireMatchingInputs", "payment-card-number"));
        (await RefusedAsync(house, payment, "0", ("Capture", "payment-card-number-matcher"))).Should().Be(64021);
        await UpdateAsync(house, payment, "1", ("Capture", "payment-card-number"));
        await house.AdvanceAsync(6);
        house.Requests.Last(r => r.Path == "/told").Parameters["Required"].Should().Be("PaymentCardNumberMatcher,ExpirationDate");
        await UpdateAsync(house, payment, "2", ("Capture", "payment-card-number-matcher"));
        await house.AdvanceAsync(8);
        house.Requests.Last(r => r.Path == "/told").Parameters.GetValueOrDefault("ErrorType").Should().Be(error);
    }

    [Fact]
    public async Task A_star_and_a_hang_up_and_a_cancel_end_it()
    {
        await using var house = await BuildAsync();
        var sid = await InCallAsync(house, Waits(4), Presses("41*"), Waits(3), HangsUp);
        var first = await CreateAsync(house, sid);
        await UpdateAsync(house, first, "1", ("Capture", "payment-card-number"));
        await house.AdvanceAsync(4);
        house.Requests.Last(r => r.Path == "/told").Parameters["Result"].Should().Be("caller-interrupted-with-star");
        (await RefusedAsync(house, first, "2", ("Status", "complete"))).Should().Be(64021);
        var second = await CreateAsync(house, sid, ("IdempotencyKey", "second"));
        await UpdateAsync(house, second, "1", ("Status", "cancel"));
        await house.AdvanceAsync(0.1);
        house.Requests.Last(r => r.Path == "/told").Parameters.Should().NotContainKey("Result");
        await CreateAsync(house, sid, ("IdempotencyKey", "third"));
        await house.AdvanceAsync(20);
        house.Requests.Last(r => r.Path == "/told").Parameters["Result"].Should().Be("caller-hung-up");
    }

    [Fact]
    public async Task The_same_key_makes_no_second_session_and_another_one_is_refused()
    {
        await using var house = await BuildAsync();
        var sid = await InCallAsync(house, Waits(60));
        var first = await CreateAsync(house, sid, ("IdempotencyKey", "one"));
        (await CreateAsync(house, sid, ("IdempotencyKey", "one"))).Sid.Should().Be(first.Sid);
        var other = await house.AskAtAsync(
            "CreatePayments", new() { ["CallSid"] = sid }, ("IdempotencyKey", "two"), ("StatusCallback", "http://app/told"));
        other.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(64021);
    }

    [Theory]
    [InlineData("ChargeAmount", "-1", 64003)]
    [InlineData("PaymentMethod", "cash", 64013)]
    [InlineData("PaymentMethod", "ach-debit", 64014)]
    [InlineData("TokenType", "once", 64006)]
    [InlineData("Currency", "money", 64011)]
    [InlineData("BankAccountType", "consumer-checking", 64017)]
    [InlineData("Timeout", "0", 64020)]
    [InlineData("Parameter", "[1]", 64020)]
    [InlineData("RequireMatchingInputs", "name", 64020)]
    public async Task Bad_values_are_refused(string name, string value, int code)
    {
        await using var house = await BuildAsync();
        var sid = await InCallAsync(house, Waits(60));
        var answer = await house.AskAtAsync(
            "CreatePayments", new() { ["CallSid"] = sid }, ("IdempotencyKey", "one"), ("StatusCallback", "http://app/told"), (name, value));
        answer.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(code);
    }

    [Theory]
    [InlineData("", "", 64018)]
    [InlineData("Status", "done", 64020)]
    [InlineData("Capture", "name", 64020)]
    [InlineData("Capture", "bank-account-number", 64020)]
    public async Task Bad_orders_are_refused(string name, string value, int code)
    {
        await using var house = await BuildAsync();
        var payment = await CreateAsync(house, await InCallAsync(house, Waits(60)));
        (await RefusedAsync(house, payment, "1", name.Length == 0 ? [] : [(name, value)])).Should().Be(code);
    }

    private static async Task<string> InCallAsync(VoiceHouse house, params Carrier.Handsets.ScriptStep[] script)
    {
        // A pause alone would delay the answer.
        house.Twiml("/voice", "<Say>One moment</Say><Pause length='100'/>");
        var sid = await house.DialAsync(script);
        await house.AdvanceAsync(2);
        return sid;
    }

    private static async Task<Payment> CreateAsync(VoiceHouse house, string sid, params (string, string)[] more)
    {
        (string, string)[] usual = more.Any(m => m.Item1 == "IdempotencyKey") ? [] : [("IdempotencyKey", "create")];
        var answer = await house.AskAtAsync(
            "CreatePayments", new() { ["CallSid"] = sid }, [.. usual, ("StatusCallback", "http://app/told"), .. more]);
        return (Payment)answer.Should().BeOfType<Answer.Resource>().Which.Face;
    }

    private static async Task UpdateAsync(VoiceHouse house, Payment payment, string key, params (string, string)[] form) =>
        (await AskAsync(house, payment, key, form)).Should().BeOfType<Answer.Resource>();

    private static async Task<int> RefusedAsync(VoiceHouse house, Payment payment, string key, params (string, string)[] form) =>
        (await AskAsync(house, payment, key, form)).Should().BeOfType<Answer.Refusal>().Which.Error.Code;

    private static Task<Answer> AskAsync(VoiceHouse house, Payment payment, string key, (string, string)[] form) => house.AskAtAsync(
        "UpdatePayments", new() { ["CallSid"] = payment.CallSid, ["Sid"] = payment.Sid },
        [("IdempotencyKey", key), ("StatusCallback", "http://app/told"), .. form]);
}
