using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Serialization;

public sealed class PackedTests
{
    private enum Colour
    {
        Red,
        Green,
    }

    private static readonly Words<Colour> Colours = new(c => c == Colour.Red ? "red" : "green");

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("SM0123456789abcdef0123456789abcdef")]
    [InlineData("SM0123456789ABCDEF0123456789abcdef")]
    [InlineData("SMffffffffffffffffffffffffffffffff")]
    [InlineData("sm00000000000000000000000000000000")]
    [InlineData("Grüße, 世界 🌍")]
    public void A_text_comes_back_as_it_was(string text) => Back(text, (m, v) => m.Text("t", v)).Should().Be(text);

    [Theory]
    [InlineData(124, 1)]
    [InlineData(125, 1)]
    [InlineData(126, 2)]
    [InlineData(127, 2)]
    [InlineData(300, 2)]
    [InlineData(20_000, 3)]
    public void A_text_of_any_length_comes_back_and_its_head_is_as_short_as_it_may_be(int length, int head)
    {
        foreach (var text in new[] { new string('a', length), new string('ü', length / 2) + new string('a', length % 2) })
        {
            var writer = new PackedWriter();
            writer.Number("before", 7);
            writer.Text("t", text);
            writer.Text("behind", "b");
            writer.Written.Length.Should().Be(1 + head + length + 2);
            var reader = new PackedReader(writer.Written.ToArray());
            reader.Number("before", null).Should().Be(7);
            reader.Text("t", null).Should().Be(text);
            reader.Text("behind", null).Should().Be("b");
        }
    }

    [Fact]
    public void No_text_is_not_an_empty_one() => Back(null, (Members m, string? v) => m.TextOrNull("t", v)).Should().BeNull();

    [Fact]
    public void A_SID_takes_19_bytes()
    {
        var writer = new PackedWriter();
        writer.Text("sid", "SM" + new string('f', 32));
        writer.Written.Length.Should().Be(1 + Sid.Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void A_number_comes_back_as_it_was(int number)
    {
        Back(number, (m, v) => m.Number("n", v)).Should().Be(number);
        Back((long)number * int.MaxValue, (m, v) => m.Long("n", v)).Should().Be((long)number * int.MaxValue);
        Back((int?)number, (m, v) => m.NumberOrNull("n", v)).Should().Be(number);
    }

    [Fact]
    public void Values_of_every_kind_come_back_as_they_were()
    {
        Back(0.1 + 0.2, (m, v) => m.Fraction("f", v)).Should().Be(0.1 + 0.2);
        Back(-0.0075m, (m, v) => m.Money("m", v)).Should().Be(-0.0075m);
        Back(decimal.MaxValue, (m, v) => m.Money("m", v)).Should().Be(decimal.MaxValue);
        Back(DateTimeOffset.MaxValue, (m, v) => m.Instant("i", v)).Should().Be(DateTimeOffset.MaxValue);
        Back(TimeSpan.MinValue, (m, v) => m.Span("s", v)).Should().Be(TimeSpan.MinValue);
        Back(DateOnly.MaxValue, (m, v) => m.Day("d", v)).Should().Be(DateOnly.MaxValue);
        Back((bool?)false, (m, v) => m.FlagOrNull("b", v)).Should().BeFalse();
        Back((bool?)null, (m, v) => m.FlagOrNull("b", v)).Should().BeNull();
        Back(Colour.Green, (m, v) => m.Word("w", v, Colours)).Should().Be(Colour.Green);
        Back<IReadOnlyList<string>>(["a", "", "b"], (m, v) => m.Texts("l", v)).Should().Equal("a", "", "b");
        Back<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["z"] = "1", ["a"] = "2" }, (m, v) => m.Map("p", v)).Keys
            .Should().Equal("z", "a");
    }

    [Fact]
    public void Every_beginning_of_a_record_is_refused()
    {
        var writer = new PackedWriter();
        Note.Form.Write(new Note("NO" + new string('1', 32), "a few words", IsSettled: false), writer);
        var whole = writer.Written.ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            FluentActions.Invoking(() => Note.Form.Read(new PackedReader(whole.AsMemory(0, length))))
                .Should().Throw<InvalidDataException>();
        }
    }

    [Fact]
    public void Whatever_the_bytes_a_reader_ends()
    {
        var chance = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[chance.Next(1, 60)];
            chance.NextBytes(bytes);
            var reader = new PackedReader(bytes);
            try
            {
                reader.Text("", null);
                reader.Map("", null);
                reader.Word<Colour>("", null, Colours);
                reader.Texts("", null);
                reader.InstantOrNull("n", null);
                reader.Money("", null);
            }
            catch (InvalidDataException)
            {
                // Refused, as it should be.
            }
        }
    }

    [Fact]
    public void A_form_whose_members_changed_has_another_fingerprint()
    {
        var same = new RecordForm<Note>(
            "note", static (r, m) => new Note(m.Text("key", r?.Key), m.Text("text", r?.Text), m.Flag("settled", r?.IsSettled)));
        var other = new RecordForm<Note>(
            "note", static (r, m) => new Note(m.Text("key", r?.Key), m.Text("words", r?.Text), m.Flag("settled", r?.IsSettled)));
        same.Fingerprint.Should().Be(Note.Form.Fingerprint);
        other.Fingerprint.Should().NotBe(Note.Form.Fingerprint);
    }

    private static T Back<T>(T value, Func<Members, T?, T> walk)
    {
        var writer = new PackedWriter();
        walk(writer, value);
        var reader = new PackedReader(writer.Written.ToArray());
        var back = walk(reader, default);
        reader.IsAtEnd.Should().BeTrue();
        return back;
    }
}
