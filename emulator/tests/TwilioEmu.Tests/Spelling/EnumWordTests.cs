using System.Reflection;
using TwilioEmu.Composition;

namespace TwilioEmu.Tests.Spelling;

/// <summary>Enums are spelt by the words of a table (Words) wherever somebody outside reads them, never by their C# names.</summary>
public sealed class EnumWordTests
{
    /// <summary>Where a C# name may stand, and who reads it.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["Bystanders: Outside"] = "the message of a fault of ours",
        ["HandsetLine: PickUp"] = "as above",
        ["LegEnd: LegEndKind"] = "as above",
        ["ScriptProgress: Missing"] = "as above",
    };

    [Fact]
    public void No_enum_is_spelt_by_its_name_in_code()
    {
        var house = typeof(House).Assembly.GetReferencedAssemblies().Where(a => a.Name!.StartsWith("TwilioEmu", StringComparison.Ordinal))
            .Select(Assembly.Load).Append(typeof(House).Assembly).ToList();
        house.Should().HaveCountGreaterThan(10);
        var found = house.SelectMany(EnumNames.In).Distinct().Order(StringComparer.Ordinal).ToList();

        found.Except(Allowed.Keys)
            .Should().BeEmpty("what leaves the house is spelt by a table of Words; what is for us alone is named here");
        Allowed.Keys.Except(found).Should().BeEmpty("what is gone needs no reason");
    }

    [Fact]
    public void The_scan_sees_calls_holes_and_names()
    {
        EnumNames.In(typeof(EnumWordTests).Assembly)
            .Where(f => f.StartsWith(nameof(Speller), StringComparison.Ordinal))
            .Should().BeEquivalentTo("Speller: DayOfWeek", "Speller: ConsoleKey", "Speller: UriKind");
    }

    private static class Speller
    {
        public static string Call(DayOfWeek day) => day.ToString();

        public static string Hole(ConsoleKey key) => $"key {key}";

        public static string? Name(UriKind kind) => Enum.GetName(kind);
    }
}
