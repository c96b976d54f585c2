using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;

namespace TwilioEmu.Messaging.Tests.Sending;

public sealed class ReceiptTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new();

    public ReceiptTests() => _house.App.On("/status", FakeApp.Empty);

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Reversed_receipts_tell_of_the_end_before_what_led_to_it()
    {
        _house.Behave(new DeliveryReport(Receipts: new ReceiptManner(IsReversed: true)));
        await SendAsync();
        Told().Should().Equal("sending", "delivered", "sent");
    }

    [Fact]
    public async Task Copies_tell_of_the_end_again()
    {
        _house.Behave(new DeliveryReport(DeliveryOutcome.Undelivered, 30006, Receipts: new ReceiptManner(Copies: 2)));
        await SendAsync();
        Told().Should().Equal("sending", "sent", "undelivered", "undelivered", "undelivered");
        _house.App.Requests.Select(r => r.Header("I-Twilio-Idempotency-Token")).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_phone_that_never_reports_holds_nothing_back()
    {
        _house.Behave(new DeliveryReport(DeliveryOutcome.NoReceipt, Receipts: new ReceiptManner(IsReversed: true)));
        await SendAsync();
        Told().Should().Equal("sending", "sent");
    }

    [Fact]
    public async Task A_rule_is_for_all_phones_whose_numbers_begin_so_and_the_longest_holds()
    {
        Rule("*", 30003);
        Rule("+1415*", 30005);
        Rule("+14155550*", 30006);
        _house.Do(() => _house.Rest.Handsets.Configure(
            "+14155550177", new HandsetBehaviour { Texts = new DeliveryReport(DeliveryOutcome.Undelivered, 30007) }));
        var codes = new List<string?>();
        foreach (var to in new[] { "+12125550100", "+14155660100", MessagingHouse.Phone, "+14155550177" })
        {
            var sid = (await _house.Rest.PostAsync("Messages.json", "To", to, "From", MessagingHouse.Number, "Body", "x"))["sid"];
            await _house.AdvanceAsync(5);
            codes.Add((await _house.Rest.GetAsync($"Messages/{sid}.json"))["error_code"]);
        }
        codes.Should().Equal("30003", "30005", "30006", "30007");
    }

    private void Rule(string pattern, int code) =>
        _house.Do(() => _house.Rest.Handsets.Configure(
            pattern, new HandsetBehaviour { Texts = new DeliveryReport(DeliveryOutcome.Undelivered, code) }));

    private async Task SendAsync()
    {
        await _house.PostAsync("hi", "StatusCallback", "http://app/status");
        await _house.AdvanceAsync(10);
    }

    private IEnumerable<string?> Told() => _house.App.Requests.Select(r => r["MessageStatus"]);
}
