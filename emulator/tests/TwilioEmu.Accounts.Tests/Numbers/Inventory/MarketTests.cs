using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Inventory;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel;

namespace TwilioEmu.Accounts.Tests.Numbers.Inventory;

public sealed class MarketTests
{
    public static TheoryData<string> Countries => [.. Market.Countries.Select(c => c.IsoCode)];

    [Theory]
    [MemberData(nameof(Countries))]
    public async Task Every_offer_of_a_country_has_numbers_that_are_valid_there(string country)
    {
        await using var world = new World(new WorldOptions());
        var stock = new NumberStock(world);

        foreach (var offer in Market.Find(country)!.Offers)
        {
            var numbers = stock.Of(offer, null).Take(30).Select(n => n.Number).ToList();

            numbers.Should().HaveCount(30, offer.Type).And.OnlyContain(n => NumberPlans.Parse(n, null).IsValid);
            if (offer.Type != "TollFree") numbers.Should().OnlyContain(n => NumberPlans.CountryOf(n) == country);
        }
    }

    [Fact]
    public void A_number_bought_by_its_digits_is_what_its_code_is_sold_as()
    {
        Market.OfferOf("+447400123456", NumberKind.LongCode).Word.Should().Be("mobile");
        Market.OfferOf("+442079460018", NumberKind.LongCode).Word.Should().Be("local");
        Market.OfferOf("+33948123456", NumberKind.LongCode).Word.Should().Be("national");
        Market.OfferOf("+4930123456", NumberKind.LongCode).Address.Should().Be(AddressRequirement.Local);
        Market.OfferOf("+15005550006", NumberKind.LongCode).Capabilities.Should().Be(Capabilities.All);
        Market.OfferOf("+18005550100", NumberKind.TollFree).Word.Should().Be("tollfree");
    }
}
