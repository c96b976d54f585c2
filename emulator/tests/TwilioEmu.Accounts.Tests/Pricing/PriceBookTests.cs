using TwilioEmu.Accounts.Pricing;

namespace TwilioEmu.Accounts.Tests.Pricing;

public sealed class PriceBookTests
{
    private readonly PriceBook _prices = new();

    [Theory]
    [InlineData("+14155550100", "+14155550199", false, 1, false, 0.0083)]
    [InlineData("+14155550100", "+14155550199", false, 3, false, 0.0249)]
    [InlineData("+14155550100", "+14155550199", false, 1, true, 0.0220)]
    [InlineData("+14155550199", "+14155550100", true, 1, true, 0.0165)]
    [InlineData("+14155550100", "+447700900123", false, 1, false, 0.0524)]
    [InlineData("+447700900123", "+14155550100", true, 2, false, 0.0150)]
    [InlineData("+14155550199", "12345", true, 1, false, 0.0083)]
    [InlineData("ACME", "+33612345678", false, 1, false, 0.0798)]
    public void A_message_costs_by_the_country_of_the_phone(
        string from, string to, bool isInbound, int segments, bool isMms, double price) =>
        _prices.OfMessage(from, to, isInbound, segments, isMms).Should().Be((decimal)price);

    [Theory]
    [InlineData("+14155550100", "+14155550199", false, 0.014)]
    [InlineData("+14155550100", "+19075550199", false, 0.09)]
    [InlineData("+14155550199", "+14155550100", true, 0.0085)]
    [InlineData("+14155550199", "+18005550100", true, 0.022)]
    [InlineData("+14155550100", "sip:me@example.com", false, 0.004)]
    [InlineData("client:me", "+14155550100", true, 0.004)]
    [InlineData("+14155550100", "+442079460000", false, 0.0158)]
    public void A_minute_costs_by_what_is_called(string from, string to, bool isInbound, double price) =>
        _prices.OfCallMinute(from, to, isInbound).Should().Be((decimal)price);

    [Fact]
    public void The_config_sets_prices_everywhere_and_by_country()
    {
        var prices = new PriceBook(new Dictionary<string, IReadOnlyDictionary<string, decimal>>
        {
            [PriceBook.Everywhere] = new Dictionary<string, decimal> { ["sms_out"] = 0.02m, ["call_out"] = 0.5m },
            ["GB"] = new Dictionary<string, decimal> { ["sms_out"] = 0.03m },
        });
        prices.Of("US").SmsOut.Should().Be(0.02m);
        prices.Of("GB").SmsOut.Should().Be(0.03m);
        prices.Of("GB").CallIn.Should().Be(0.01m);
        prices.OfCallMinute("+14155550100", "+19075550199", isInbound: false)
            .Should().Be(0.5m, "the config has the last word, in Alaska too");
    }
}
