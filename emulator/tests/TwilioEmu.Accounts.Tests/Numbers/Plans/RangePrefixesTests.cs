using TwilioEmu.Accounts.Numbers.Plans;

namespace TwilioEmu.Accounts.Tests.Numbers.Plans;

public sealed class RangePrefixesTests
{
    [Theory]
    [InlineData(@"81\d{6}", "81")]
    [InlineData(@"90\d{6}|900\d{5}|81\d{6}", "81 90")]
    [InlineData(@"(?:8001|8[024]9)", "8001 809 829 849")]
    [InlineData(@"9(?:0[1-3]|5)\d{5}", "901 902 903 95")]
    [InlineData(@"9[3-5]?\d{4}", "9")]
    [InlineData(@"[12]{2}\d", "11 12 21 22")]
    [InlineData(@"7{1,3}\d", "7")]
    [InlineData(@"[\d]1", "")]
    [InlineData(@"\d{5}|900", "")]
    public void A_range_begins_with_these_digits(string pattern, string prefixes) =>
        string.Join(' ', RangePrefixes.Of(pattern)).Should().Be(prefixes);

    [Fact]
    public void Every_countrys_prefixes_can_be_read()
    {
        var all = Enum.GetValues<LineType>();
        foreach (var country in NumberPlans.Countries)
        {
            var prefixes = NumberPlans.PrefixesOf(country.IsoCode, all);
            prefixes.Should().OnlyContain(p => p.StartsWith('+') && p.Length <= 16);
        }
    }

    [Theory]
    [InlineData("GB", "+44")]
    [InlineData("JM", "+1658 +1876")]
    [InlineData("DO", "+1809 +1829 +1849")]
    [InlineData("CA", "+1")]
    [InlineData("KZ", "+7")]
    public void A_country_has_these_codes(string iso, string codes) =>
        string.Join(' ', NumberPlans.CodesOf(NumberPlans.FindCountry(iso)!)).Should().Be(codes);
}
