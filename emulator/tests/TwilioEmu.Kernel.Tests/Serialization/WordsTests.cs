using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Tests.Serialization;

public sealed class WordsTests
{
    private static readonly Words<Colour> Colours = new((Colour.DarkRed, "dark-red"), (Colour.Blue, "blue"));
    private static readonly Words<Sparse> Sparses = new((Sparse.Seven, "seven"), (Sparse.Two, "two"));

    private enum Colour
    {
        Blue,
        DarkRed,
    }

    private enum Sparse
    {
        Two = 2,
        Seven = 7,
    }

    [Fact]
    public void A_value_is_spelt_and_its_word_read_by_one_table()
    {
        (Colours.Spell(Colour.DarkRed), Colours.Read("dark-red"), Colours.Read("DarkRed"), Colours.Read("Blue"))
            .Should().Be(("dark-red", Colour.DarkRed, null, null));
        Colours.TryRead("blue", out var blue).Should().BeTrue();
        blue.Should().Be(Colour.Blue);
        Colours.Spellings.Should().Equal("blue", "dark-red");
    }

    [Fact]
    public void Values_with_gaps_are_spelt_too() =>
        (Sparses.Spell(Sparse.Seven), Sparses.Spell(Sparse.Two), Sparses.Read("two")).Should().Be(("seven", "two", Sparse.Two));

    [Fact]
    public void What_is_no_value_is_not_spelt()
    {
        ((Func<string>)(() => Colours.Spell((Colour)2))).Should().Throw<ArgumentOutOfRangeException>();
        ((Func<string>)(() => Colours.Spell((Colour)(-1)))).Should().Throw<ArgumentOutOfRangeException>();
        ((Func<string>)(() => Sparses.Spell((Sparse)3))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_table_spells_every_value_and_no_two_alike()
    {
        ((Func<object>)(() => new Words<Colour>((Colour.Blue, "blue")))).Should().Throw<ArgumentException>();
        ((Func<object>)(() => new Words<Colour>((Colour.Blue, "blue"), (Colour.DarkRed, "blue")))).Should().Throw<ArgumentException>();
    }
}
