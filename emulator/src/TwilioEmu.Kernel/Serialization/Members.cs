using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Serialization;

/// <summary>
/// Describes a record: told of one, it names every member; told of none (null), it makes one of the members it is handed.
/// </summary>
/// <remarks>
/// One line a member serves writing and reading, so the two cannot part; the
/// compiler asks for every required one, and a test for the others.
/// </remarks>
public delegate T Walk<T>(T? record, Members members);

/// <summary>
/// Goes along a record's members: a writer takes each value and hands it back, a reader hands back what was written (serializer visitor).
/// </summary>
/// <remarks>
/// No reflection and no generated code: <see cref="Walk{T}"/> calls one of these for each member, in an order that is part of the packed
/// format. Values are null only where nothing is written (a reader), but for those of <c>...OrNull</c>. Names are the API's, snake case.
/// </remarks>
public abstract class Members
{
    /// <summary>A text that is never null.</summary>
    public string Text(string name, string? value) => TextOrNull(name, value) ?? "";

    /// <summary>A text, or null for none.</summary>
    public abstract string? TextOrNull(string name, string? value);

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool? value) => Long(name, value == true ? 1 : 0, MemberKind.Flag) == 1;

    /// <summary>True, false, or null for neither said.</summary>
    public bool? FlagOrNull(string name, bool? value) => Has(name, value is not null) ? Flag(name, value) : null;

    /// <summary>A whole number.</summary>
    public int Number(string name, int? value) => (int)Long(name, value ?? 0, MemberKind.Number);

    /// <summary>A whole number, or null for none.</summary>
    public int? NumberOrNull(string name, int? value) => Has(name, value is not null) ? Number(name, value) : null;

    /// <summary>A long whole number.</summary>
    public long Long(string name, long? value) => Long(name, value ?? 0, MemberKind.Number);

    /// <summary>A number with a point.</summary>
    public double Fraction(string name, double? value) =>
        BitConverter.Int64BitsToDouble(Long(name, BitConverter.DoubleToInt64Bits(value ?? 0), MemberKind.Fraction));

    /// <summary>A number with a point, or null for none.</summary>
    public double? FractionOrNull(string name, double? value) => Has(name, value is not null) ? Fraction(name, value) : null;

    /// <summary>A sum of money, exact.</summary>
    public abstract decimal Money(string name, decimal? value);

    /// <summary>A sum of money, or null for none.</summary>
    public decimal? MoneyOrNull(string name, decimal? value) => Has(name, value is not null) ? Money(name, value) : null;

    /// <summary>An instant, UTC, to 100 ns.</summary>
    public DateTimeOffset Instant(string name, DateTimeOffset? value) =>
        new(Long(name, value?.UtcTicks ?? 0, MemberKind.Instant), TimeSpan.Zero);

    /// <summary>An instant, or null for none.</summary>
    public DateTimeOffset? InstantOrNull(string name, DateTimeOffset? value) => Has(name, value is not null) ? Instant(name, value) : null;

    /// <summary>A day.</summary>
    public DateOnly Day(string name, DateOnly? value) => DateOnly.FromDayNumber((int)Long(name, value?.DayNumber ?? 0, MemberKind.Day));

    /// <summary>A day, or null for none.</summary>
    public DateOnly? DayOrNull(string name, DateOnly? value) => Has(name, value is not null) ? Day(name, value) : null;

    /// <summary>A length of time, to 100 ns.</summary>
    public TimeSpan Span(string name, TimeSpan? value) => new(Long(name, value?.Ticks ?? 0, MemberKind.Span));

    /// <summary>A length of time, or null for none.</summary>
    public TimeSpan? SpanOrNull(string name, TimeSpan? value) => Has(name, value is not null) ? Span(name, value) : null;

    /// <summary>An account.</summary>
    public AccountSid Account(string name, AccountSid? value) => new(Text(name, value?.Value));

    /// <summary>One of the words of a table.</summary>
    public T Word<T>(string name, T? value, Words<T> words)
        where T : struct, Enum
        => words.At(Choice(name, value is { } one ? words.IndexOf(one) : 0, words.Spellings));

    /// <summary>Texts in order.</summary>
    public IReadOnlyList<string> Texts(string name, IReadOnlyList<string>? value)
    {
        var count = BeginList(name, value?.Count ?? 0);
        var texts = count == 0 ? [] : new string[count];
        for (var i = 0; i < count; i++) texts[i] = Text("", value?[i]);
        EndList();
        return texts;
    }

    /// <summary>Texts by name, in order.</summary>
    public abstract IReadOnlyDictionary<string, string> Map(string name, IReadOnlyDictionary<string, string>? value);

    /// <summary>Parts in order, each with members of its own.</summary>
    public IReadOnlyList<T> List<T>(string name, IReadOnlyList<T>? value, Walk<T> walk)
    {
        var count = BeginList(name, value?.Count ?? 0);
        var parts = count == 0 ? [] : new T[count];
        for (var i = 0; i < count; i++)
        {
            BeginPart("", isThere: true);
            parts[i] = walk(value is null ? default : value[i], this);
            EndPart();
        }
        EndList();
        return parts;
    }

    /// <summary>A part with members of its own.</summary>
    public T Part<T>(string name, T? value, Walk<T> walk)
        where T : class
        => PartOrNull(name, value, walk) ?? throw new InvalidDataException($"{name} is missing");

    /// <summary>A part with members of its own, or null for none.</summary>
    public T? PartOrNull<T>(string name, T? value, Walk<T> walk)
        where T : class
    {
        if (!BeginPart(name, value is not null)) return null;
        var part = walk(value, this);
        EndPart();
        return part;
    }

    /// <summary>A whole number of one kind or another; the kind says how people are shown it.</summary>
    protected abstract long Long(string name, long value, MemberKind kind);

    /// <summary>The place of a word in its table.</summary>
    protected abstract int Choice(string name, int value, IReadOnlyList<string> words);

    /// <summary>Whether a value follows.</summary>
    protected abstract bool Has(string name, bool isThere);

    /// <summary>Whether a part follows; its members do, when it does.</summary>
    protected abstract bool BeginPart(string name, bool isThere);

    /// <summary>The part is whole.</summary>
    protected abstract void EndPart();

    /// <summary>How many follow.</summary>
    protected abstract int BeginList(string name, int count);

    /// <summary>All have followed.</summary>
    protected abstract void EndList();
}

/// <summary>What a whole number stands for.</summary>
public enum MemberKind
{
    /// <summary>Itself.</summary>
    Number,

    /// <summary>1 is true.</summary>
    Flag,

    /// <summary>The bits of a double.</summary>
    Fraction,

    /// <summary>Ticks of 100 ns since year 1, UTC.</summary>
    Instant,

    /// <summary>Ticks of 100 ns.</summary>
    Span,

    /// <summary>Days since year 1.</summary>
    Day,
}
