using TwilioEmu.Accounts.Numbers.Plans;

namespace TwilioEmu.Accounts.Tests.Numbers.Plans;

public sealed class AreaPlanTests
{
    [Fact]
    public void An_area_code_tells_its_city_region_and_where_it_lies()
    {
        var area = AreaPlan.Find("415")!;

        (area.City, area.Region, area.Country, area.Lata, area.PostalCode[..3]).Should().Be(("San Francisco", "CA", "US", "722", "941"));
        area.Latitude.Should().BeApproximately(37.77, 0.1);
        area.Longitude.Should().BeApproximately(-122.42, 0.1);
    }

    [Theory]
    [InlineData("212", "New York", "NY")]
    [InlineData("416", "Toronto", "ON")]
    [InlineData("438", "Montreal", "QC")]
    [InlineData("202", "Washington", "DC")]
    [InlineData("628", "San Francisco", "CA")]
    public void Cities_are_those_people_know(string code, string city, string region)
    {
        (AreaPlan.Find(code)!.City, AreaPlan.Find(code)!.Region).Should().Be((city, region));
    }

    [Theory]
    [InlineData("800")]
    [InlineData("555")]
    [InlineData("")]
    public void Codes_of_no_place_are_not_found(string code)
    {
        AreaPlan.Find(code).Should().BeNull();
    }

    [Fact]
    public void A_known_exchange_belongs_to_its_own_town()
    {
        AreaPlan.PlaceOf("+14158920100")!.City.Should().Be("Novato");
        AreaPlan.PlaceOf("+14155550100")!.City.Should().Be("San Francisco");
        AreaPlan.PlaceOf("+447911123456").Should().BeNull();
        AreaPlan.PlaceOf("+18005550100").Should().BeNull();
    }

    [Fact]
    public void Every_area_code_has_a_place_of_its_country_and_a_lata()
    {
        AreaPlan.All.Should().HaveCountGreaterThan(400).And.OnlyContain(a => a.Places.Count > 0 && a.Lata != null);
    }
}
