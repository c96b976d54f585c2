using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs;

/// <summary>twilio.com/docs/voice/twiml/pay, pay/prompt; codes: error dictionary 640xx. Stories begin on 2026-01-05.</summary>
public sealed class PayTests
{
    private const string Visa = "4111111111111111";
    private const string Amex = "378282246310005";

    [Fact]
    public async Task A_card_is_charged_piece_by_piece()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pay chargeAmount='20.45' action='/paid' statusCallback='/told'/>");
        await house.DialAsync(
            Hears("card number"), Presses(Visa), Hears("expiration date"), Presses("1229"), Hears("security code"), Presses("123"),
            Hears("zip code"), Presses("94105#"),
            Hears("being processed"), Waits(10));
        await house.AdvanceAsync(120);
        var paid = house.Requests.Single(r => r.Path == "/paid").Parameters;
        (paid["Result"], paid["PaymentMethod"], paid["PaymentCardNumber"], paid["PaymentCardType"], paid["ExpirationDate"],
            paid["SecurityCode"], paid["PaymentCardPostalCode"]).Should()
            .Be(("success", "credit-card", "xxxx-xxxx-xxxx-1111", "visa", "1229", "xxx", "94105"));
        paid["PaymentConfirmationCode"].Should().StartWith("ch_");
        paid.Should().NotContainKey("PaymentToken").And.NotContainKey("PaymentError");
        house.Requests.Where(r => r.Path == "/told").Select(r => (r.Parameters["For"], r.Parameters["Attempt"])).Should().Equal(
            ("payment-card-number", "1"), ("expiration-date", "1"), ("security-code", "1"), ("postal-code", "1"),
            ("payment-processing", "1"));
        house.Requests.First(r => r.Path == "/told").Parameters.Keys
            .Should().Equal("AccountSid", "CallSid", "For", "Attempt", "PaymentCardNumber", "PaymentCardType");
        house.Requests.First(r => r.Path == "/told").Parameters["PaymentCardNumber"].Should().Be("xxxxxxxxxxxx1111");
    }

    [Fact]
    public async Task Who_ends_each_piece_with_a_pound_key_pays_as_well()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pay chargeAmount='20.45' action='/paid'/>");
        await house.DialAsync(
            Hears("card number"), Presses(Visa + "#"), Hears("expiration date"), Presses("1229#"), Hears("security code"), Presses("123#"),
            Hears("zip code"), Presses("94105#"), Waits(10));
        await house.AdvanceAsync(120);
        house.Asked("/paid", "Result").Should().ContainSingle().Which.Should().EndWith("success");
    }

    [Fact]
    public async Task A_pound_key_alone_is_no_piece()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pay chargeAmount='20.45' action='/paid' statusCallback='/told'/>");
        await house.DialAsync(Hears("card number"), Presses("#"), Waits(10));
        await house.AdvanceAsync(120);
        house.Asked("/told", "ErrorType").Should().ContainSingle().Which.Should().EndWith("input-timeout");
    }

    [Theory]
    [InlineData("", "tok_", true)]
    [InlineData("tokenType='one-time'", "tok_", false)]
    [InlineData("tokenType='payment-method'", "pm_", true)]
    [InlineData("chargeAmount='0'", "tok_", true)]
    public async Task Without_an_amount_a_token_is_made(string attributes, string prefix, bool hasProfile)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Pay action='/paid' securityCode='false' postalCode='94105' {attributes}/>");
        await house.DialAsync(Hears("card number"), Presses(Visa), Hears("expiration"), Presses("0126"), Waits(30));
        await house.AdvanceAsync(120);
        var paid = house.Requests.Single(r => r.Path == "/paid").Parameters;
        (paid["Result"], paid["PaymentCardPostalCode"], paid.ContainsKey("ProfileId")).Should().Be(("success", "94105", hasProfile));
        paid["PaymentToken"].Should().StartWith(prefix);
    }

    [Fact]
    public async Task An_American_Express_card_has_fifteen_digits_and_a_code_of_four()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pay action='/paid' postalCode='false'/>");
        await house.DialAsync(
            Hears("card number"), Presses(Amex), Hears("expiration"), Presses("1229"), Hears("code"), Presses("1234"), Waits(30));
        await house.AdvanceAsync(120);
        var paid = house.Requests.Single(r => r.Path == "/paid").Parameters;
        (paid["Result"], paid["PaymentCardNumber"], paid["SecurityCode"]).Should().Be(("success", "xxxx-xxxxxx-x0005", "xxxx"));
    }

    [Fact]
    public async Task A_bank_account_is_debited()
    {
        await using var house = await BuildAsync();
        house.Twiml(
            "/voice",
            "<Pay action='/paid' paymentMethod='ach-debit' bankAccountType='consumer-savings' chargeAmount='5'><Parameter "
                + "name='AVSName' value='Ada'/></Pay>");
        await house.DialAsync(Hears("routing"), Presses("110000000"), Hears("account number"), Presses("000123456789#"), Waits(30));
        await house.AdvanceAsync(120);
        var paid = house.Requests.Single(r => r.Path == "/paid").Parameters;
        (paid["Result"], paid["PaymentMethod"], paid["BankRoutingNumber"], paid["BankAccountNumber"], paid["BankAccountType"]).Should()
            .Be(("success", "ach-debit", "110000000", "**********89", "consumer-savings"));
    }

    [Theory]
    [InlineData("4111111111111112", "", "", "payment-card-number", "invalid-card-number")]
    [InlineData("9999#", "", "", "payment-card-number", "invalid-card-number")]
    [InlineData("6011111111111117#", "", "", "payment-card-number", "invalid-card-type")]
    [InlineData("", "", "", "payment-card-number", "input-timeout")]
    [InlineData(Visa, "1325", "", "expiration-date", "invalid-date")]
    [InlineData(Visa, "1225", "", "expiration-date", "invalid-date")]
    [InlineData(Visa, "1229", "12#", "security-code", "invalid-security-code")]
    public async Task What_is_keyed_in_wrongly_is_told_and_ends_it_after_the_attempts(
        string card, string date, string code, string piece, string error)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pay action='/paid' statusCallback='/told' postalCode='false'/>");
        var keys = new[] { ("card number", card), ("expiration", date), ("security code", code) };
        await house.DialAsync(
            [.. keys.TakeWhile(k => k.Item2.Length > 0).SelectMany(k => new[] { Hears(k.Item1), Presses(k.Item2) }), Waits(60)]);
        await house.AdvanceAsync(120);
        house.Asked("/paid", "Result").Single().Should().EndWith("too-many-failed-attempts");
        var told = house.Requests.Last(r => r.Path == "/told").Parameters;
        (told["For"], told["ErrorType"]).Should().Be((piece, error));
    }

    [Fact]
    public async Task A_second_attempt_is_asked_for_with_a_prompt_of_its_own()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", """
            <Pay action='/paid' statusCallback='/told' maxAttempts='2' securityCode='false' postalCode='false'>
            <Prompt for='payment-card-number'><Say>Your card please</Say></Prompt>
            <Prompt for='payment-card-number' attempt='2' errorType='invalid-card-number'><Say>That card is odd</Say></Prompt>
            <Prompt for='expiration-date' cardType='visa'><Say>When does your Visa end</Say></Prompt>
            <Prompt for='payment-processing'><Say>One moment</Say></Prompt>
            </Pay>
            """);
        await house.DialAsync(
            Hears("Your card please"), Presses("4111111111111112"), Hears("That card is odd"), Presses(Visa),
            Hears("When does your Visa end"), Presses("1229"), Hears("One moment"), Waits(10));
        await house.AdvanceAsync(120);
        house.Asked("/paid", "Result").Single().Should().EndWith("success");
        house.Requests.Where(r => r.Path == "/told").Select(
            r => $"{r.Parameters["For"]} {r.Parameters["Attempt"]} {r.Parameters.GetValueOrDefault("ErrorType")}".TrimEnd()).Should().Equal(
                "payment-card-number 1 invalid-card-number", "payment-card-number 2", "expiration-date 1", "payment-processing 1");
        (await house.EntriesAsync(e => e.Kind == "handset.script_failed")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("110000000", "success")]
    [InlineData("111000025", "too-many-failed-attempts")]
    public async Task Numbers_of_banks_may_have_to_be_keyed_in_twice(string second, string result)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", """
            <Pay action='/paid' statusCallback='/told' paymentMethod='ach-debit'><Parameter name='AVSName' value='Ada'/>
            <Prompt for='bank-routing-number' requireMatchingInputs='true'><Say>Routing number</Say></Prompt></Pay>
            """);
        await house.DialAsync(
            Hears("Routing"), Presses("110000000"), Hears("Routing"), Presses(second), Hears("account number", 5),
            Presses("123456#"), Waits(30));
        await house.AdvanceAsync(120);
        house.Asked("/paid", "Result").Single().Should().EndWith(result);
        if (result != "success") house.Requests.Last(r => r.Path == "/told").Parameters["ErrorType"].Should().Be("input-matching-failed");
    }

    [Fact]
    public async Task A_star_gives_it_up_at_once()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pay action='/paid'/>");
        await house.DialAsync(Hears("card number"), Presses("4111*"), Waits(30));
        await house.AdvanceAsync(60);
        house.Asked("/paid", "Result").Single().Should().EndWith("caller-interrupted-with-star");
    }

    [Fact]
    public async Task A_hang_up_is_told_to_the_action()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pay action='/paid'/>");
        await house.DialAsync(Hears("card number"), Presses("4111"), HangsUp);
        await house.AdvanceAsync(60);
        house.Asked("/paid", "Result", "CallStatus").Single().Should().EndWith("caller-hung-up completed");
    }

    [Theory]
    [InlineData("4000000000000002", "chargeAmount='5'", "64012", "card is declined")]
    [InlineData("4000000000000069", "", "64012", "card is expired")]
    [InlineData("4000000000009995", "chargeAmount='5'", "64008", "insufficient funds")]
    [InlineData("4000000000000119", "", "64002", "processing error")]
    public async Task The_processors_own_test_numbers_are_refused(string card, string attributes, string code, string error)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Pay action='/paid' securityCode='false' postalCode='false' {attributes}/>");
        await house.DialAsync(Hears("card number"), Presses(card), Hears("expiration"), Presses("1229"), Waits(30));
        await house.AdvanceAsync(120);
        var paid = house.Requests.Single(r => r.Path == "/paid").Parameters;
        (paid["Result"], paid["PayErrorCode"], paid["PaymentError"]).Should().Be(("payment-connector-error", code, error));
        (await house.AlertsAsync()).Should().Equal(code);
    }

    [Theory]
    [InlineData("chargeAmount='-0.59'", "64003")]
    [InlineData("chargeAmount='1000001'", "64003")]
    [InlineData("chargeAmount='5' tokenType='reusable'", "64020")]
    [InlineData("tokenType='once'", "64006")]
    [InlineData("currency='dollars'", "64011")]
    [InlineData("paymentMethod='cash'", "64013")]
    [InlineData("paymentMethod='ach-debit'", "64014")]
    [InlineData("bankAccountType='consumer-checking'", "64017")]
    [InlineData("timeout='0'", "64020")]
    [InlineData("maxAttempts='4'", "64020")]
    [InlineData("validCardTypes='visa chess'", "64020")]
    [InlineData("minPostalCodeLength='0'", "64020")]
    [InlineData("securityCode='perhaps'", "64020")]
    [InlineData("input='speech'", "64020")]
    [InlineData("language='tlh'", "64020")]
    public async Task What_cannot_be_is_a_validation_error_before_anything_is_asked(string attributes, string code)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Pay action='/paid' {attributes}/>");
        var sid = await house.DialAsync(Waits(30));
        await house.AdvanceAsync(60);
        house.Asked("/paid", "Result", "PayErrorCode").Single().Should().EndWith($"validation-error {code}");
        (await house.AlertsAsync()).Should().Equal(code);
        (await house.StoryAsync(sid)).Should().NotContain(s => s.Contains("card number"));
    }

    [Fact]
    public async Task In_TwiML_of_the_request_it_does_nothing()
    {
        await using var house = await BuildAsync();
        var sid = await house.CreateAsync(("Twiml", "<Response><Pay action='http://app/paid'/><Say>On we go</Say></Response>"));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(sid)).Should().Contain(s => s.EndsWith("heard On we go"));
        house.Asked("/paid").Should().BeEmpty();
    }

    [Theory]
    [InlineData("de-DE", 1)]
    [InlineData("en-GB", 0)]
    public async Task Prompts_are_spoken_in_English_and_another_language_is_warned_of(string language, int warnings)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Pay action='/paid' language='{language}'/>");
        var sid = await house.DialAsync(Waits(10));
        await house.AdvanceAsync(60);
        (await house.EntriesAsync(e => e.Kind == "warning" && e.Subject == sid && e.ToJson().Contains(language)))
            .Should().HaveCount(warnings);
    }

    [Fact]
    public async Task No_number_stands_whole_in_what_the_app_and_the_journal_are_told()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pay action='/paid' statusCallback='/told' securityCode='false' postalCode='false'/>");
        await house.DialAsync(Hears("card number"), Presses(Visa), Hears("expiration"), Presses("1229"), Waits(30));
        await house.AdvanceAsync(120);
        house.Requests.SelectMany(r => r.Parameters.Values).Should().NotContain(v => v.Contains(Visa));
        (await house.EntriesAsync(e => e.Kind.StartsWith("payment.", StringComparison.Ordinal)))
            .Should().NotContain(e => e.ToJson().Contains(Visa));
    }
}
