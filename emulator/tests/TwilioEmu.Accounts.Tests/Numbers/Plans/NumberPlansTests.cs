using TwilioEmu.Accounts.Numbers.Plans;

namespace TwilioEmu.Accounts.Tests.Numbers.Plans;

public sealed class NumberPlansTests
{
    [Theory]
    [InlineData("+14157012311", "US", "1", "(415) 701-2311", LineType.FixedLineOrMobile)]
    [InlineData("+14165550100", "CA", "1", "(416) 555-0100", LineType.FixedLineOrMobile)]
    [InlineData("+17875550100", "PR", "1", "(787) 555-0100", LineType.FixedLineOrMobile)]
    [InlineData("+18005550100", "US", "1", "(800) 555-0100", LineType.TollFree)]
    [InlineData("+19002345678", "US", "1", "(900) 234-5678", LineType.PremiumRate)]
    [InlineData("+442079460018", "GB", "44", "020 7946 0018", LineType.FixedLine)]
    [InlineData("+447400123456", "GB", "44", "07400 123456", LineType.Mobile)]
    [InlineData("+441534234567", "JE", "44", "01534 234567", LineType.FixedLine)]
    [InlineData("+4930123456", "DE", "49", "030 123456", LineType.FixedLine)]
    [InlineData("+4915123456789", "DE", "49", "01512 3456789", LineType.Mobile)]
    [InlineData("+33612345678", "FR", "33", "06 12 34 56 78", LineType.Mobile)]
    [InlineData("+5491123456789", "AR", "54", "011 15-2345-6789", LineType.Mobile)]
    [InlineData("+390612345678", "IT", "39", "06 1234 5678", LineType.FixedLine)]
    [InlineData("+77710009998", "KZ", "7", "8 (771) 000 9998", LineType.Mobile)]
    [InlineData("+80012345678", null, "800", "1234 5678", LineType.TollFree)]
    public void A_valid_number_tells_its_country_type_and_national_spelling(
        string number, string? country, string code, string national, LineType line)
    {
        NumberPlans.Parse(number, null).Should().Be(new ParsedNumber(number, country, code, national, true, true, line, null));
    }

    [Theory]
    [InlineData("+14157012311", "US")]
    [InlineData("+442079460018", "GB")]
    [InlineData("+441534234567", "JE")]
    [InlineData("+4915123456789", "DE")]
    [InlineData("+77710009998", "KZ")]
    [InlineData("+390612345678", "IT")]
    [InlineData("+80012345678", "")]
    [InlineData("+2101234", "")]
    [InlineData("nobody", "")]
    public void Who_asks_for_a_numbers_country_again_costs_the_collector_nothing(string number, string country)
    {
        NumberPlans.CountryOf(number).Should().Be(country);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) NumberPlans.CountryOf(number);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100);
    }

    [Theory]
    [InlineData("(415) 701-2311", "US", "+14157012311")]
    [InlineData("1-415-701-2311", "US", "+14157012311")]
    [InlineData("4157012311", null, "+14157012311")]
    [InlineData("14157012311", null, "+14157012311")]
    [InlineData("011 44 20 7946 0018", "US", "+442079460018")]
    [InlineData("020 7946 0018", "GB", "+442079460018")]
    [InlineData("442079460018", "gb", "+442079460018")]
    [InlineData("+44 (0)20 7946 0018", null, "+442079460018")]
    [InlineData("416-555-0100", "US", "+14165550100")]
    [InlineData("011 15 2345-6789", "AR", "+5491123456789")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    [InlineData("415-CALL-NOW", "US", "+14152255669")]
    public void Numbers_are_read_as_people_dial_them_at_home(string text, string? country, string e164)
    {
        var parsed = NumberPlans.Parse(text, country);

        parsed.E164.Should().Be(e164);
        parsed.IsValid.Should().BeTrue();
    }

    [Theory]
    [InlineData("+1415701231", NumberProblem.TooShort)]
    [InlineData("+141570123111", NumberProblem.TooLong)]
    [InlineData("+15551230009", NumberProblem.InvalidButPossible)]
    [InlineData("+4480012345", NumberProblem.InvalidLength)]
    [InlineData("+9991234567", NumberProblem.InvalidCountryCode)]
    [InlineData("+0123456789", NumberProblem.InvalidCountryCode)]
    [InlineData("hello", NumberProblem.NotANumber)]
    [InlineData("", NumberProblem.NotANumber)]
    [InlineData("+", NumberProblem.NotANumber)]
    [InlineData("+1415#555", NumberProblem.NotANumber)]
    public void What_is_not_valid_says_why(string text, NumberProblem problem)
    {
        var parsed = NumberPlans.Parse(text, null);

        parsed.Problem.Should().Be(problem);
        parsed.IsValid.Should().BeFalse();
        parsed.IsPossible.Should().Be(problem == NumberProblem.InvalidButPossible);
    }

    [Fact]
    public void A_default_country_that_does_not_exist_is_an_invalid_country_code()
    {
        NumberPlans.Parse("4157012311", "XX").Problem!.Value.Wire().Should().Be("INVALID_COUNTRY_CODE");
    }

    [Fact]
    public void A_text_without_end_is_no_number()
    {
        NumberPlans.Parse("+" + new string('1', 100_000), null).Problem.Should().Be(NumberProblem.NotANumber);
    }

    [Theory]
    [InlineData("+14155550100", "US")]
    [InlineData("+16045550100", "CA")]
    [InlineData("+15551230009", "US")]
    [InlineData("+18765550100", "JM")]
    [InlineData("+447400123456", "GB")]
    [InlineData("+77710009998", "KZ")]
    [InlineData("+80012345678", "")]
    [InlineData("+999123", "")]
    [InlineData("client:bob", "")]
    public void The_country_of_a_number_is_told_from_its_digits(string number, string country)
    {
        NumberPlans.CountryOf(number).Should().Be(country);
    }

    [Fact]
    public void Every_country_has_a_name_and_a_calling_code()
    {
        NumberPlans.Countries
            .Should().HaveCountGreaterThan(240)
            .And.OnlyContain(c => c.Name.Length > 2 && c.CallingCode.Length > 0 && c.IsoCode.Length == 2);
        NumberPlans.FindCountry("gb").Should().Be(new PlanCountry("GB", "United Kingdom", "44"));
        NumberPlans.FindCountry("XX").Should().BeNull();
    }
}
