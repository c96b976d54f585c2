using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TwilioEmu.Composition;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Tests.Composition;

/// <summary>Every record of the house is written and read back whole, whatever it holds.</summary>
public sealed class RecordFormTests
{
    // What a form leaves out, and why it may.
    private static readonly Dictionary<string, string> LeftOut = new(StringComparer.Ordinal)
    {
        ["Recording.Sound"] = "a live score; once it is settled its rendering stands in for it",
        ["Recording.Apart"] = "as above",
    };

    private static IEnumerable<Type> Records =>
        Assemblies.SelectMany(a => a.GetTypes())
            .Where(t => typeof(IRecord).IsAssignableFrom(t) && t is { IsClass: true, IsAbstract: false });

    private static IEnumerable<Assembly> Assemblies =>
        typeof(HouseForms).Assembly.GetReferencedAssemblies()
            .Where(a => a.Name!.StartsWith("TwilioEmu", StringComparison.Ordinal))
            .Select(Assembly.Load);

    [Fact]
    public void Every_record_has_a_form_and_every_form_is_in_the_house_s_list()
    {
        Records.Should().HaveCountGreaterThan(30);
        foreach (var record in Records) HouseForms.All.All.Should().Contain(f => f == FormOf(record), $"{record.Name} is kept in a table");
        HouseForms.All.All.Should().HaveCount(Records.Count());
    }

    [Fact]
    public void Every_record_comes_back_as_it_was()
    {
        foreach (var record in Records)
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var before = (IRecord)Make(record, new Random(seed), 0)!;
                var writer = new PackedWriter();
                FormOf(record)!.Write(before, writer);
                var reader = new PackedReader(writer.Written.ToArray());
                var after = FormOf(record)!.Read(reader);
                reader.IsAtEnd.Should().BeTrue($"{record.Name} is read to its end");
                Difference(record.Name, before, after).Should().BeNull($"{record.Name} is written and read back (seed {seed})");
            }
        }
    }

    [Fact]
    public void Every_record_comes_back_from_the_lines_that_carry_it_elsewhere()
    {
        foreach (var record in Records)
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var before = (IRecord)Make(record, new Random(seed), 0)!;
                var line = new MemoryStream();
                using (var json = new Utf8JsonWriter(line))
                {
                    json.WriteStartObject();
                    FormOf(record)!.Write(before, new JsonMembersWriter(json));
                    json.WriteEndObject();
                }
                var after = FormOf(record)!.Read(new JsonMembersReader(JsonElement.Parse(line.ToArray())));
                Difference(record.Name, before, after).Should().BeNull($"{record.Name} is written and read back (seed {seed})");
            }
        }
    }

    [Fact]
    public void A_member_that_another_version_did_not_have_is_nothing()
    {
        foreach (var record in Records)
        {
            FluentActions.Invoking(() => FormOf(record)!.Read(new JsonMembersReader(JsonElement.Parse("{}"))))
                .Should().NotThrow<KeyNotFoundException>()
                .And.NotThrow<NullReferenceException>();
        }
    }

    [Fact]
    public void A_record_that_holds_more_than_its_form_tells_is_not_packed_away()
    {
        foreach (var record in Records)
        {
            FormOf(record)!.IsWhole
                .Should().Be(!LeftOut.Keys.Any(k => k.StartsWith($"{record.Name}.", StringComparison.Ordinal)), $"of {record.Name}");
        }
    }

    [Fact]
    public void Fingerprints_tell_records_apart() =>
        HouseForms.All.All.Select(f => f.Fingerprint).Should().OnlyHaveUniqueItems().And.NotContain("");

    private static RecordForm? FormOf(Type record) =>
        record.GetField("Form", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as RecordForm;

    private static object? Make(Type type, Random chance, int depth)
    {
        var under = Nullable.GetUnderlyingType(type);
        if (under is not null) return chance.Next(3) == 0 ? null : Make(under, chance, depth);
        if (type == typeof(string)) return Text(chance);
        if (type == typeof(bool)) return chance.Next(2) == 0;
        if (type == typeof(int)) return chance.Next(int.MinValue, int.MaxValue);
        if (type == typeof(long)) return chance.NextInt64(long.MinValue, long.MaxValue);
        if (type == typeof(double)) return chance.NextDouble() * 1e6;
        if (type == typeof(decimal)) return new decimal(chance.Next(), chance.Next(), 0, chance.Next(2) == 0, (byte)chance.Next(5));
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(chance.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero);
        if (type == typeof(TimeSpan)) return new TimeSpan(chance.NextInt64());
        if (type == typeof(DateOnly)) return DateOnly.FromDayNumber(chance.Next(DateOnly.MaxValue.DayNumber));
        if (type == typeof(AccountSid)) return new AccountSid(Text(chance));
        if (type == typeof(JsonElement)) return JsonElement.Parse("""{"query":"a b","triggerValue":3,"webhook":{"url":null}}""");
        if (type.IsEnum)
        {
            return type.IsDefined(typeof(FlagsAttribute)) ? Enum.ToObject(type, chance.Next(16)) : Any(Enum.GetValues(type), chance);
        }
        if (type.IsGenericType && type.GetGenericArguments() is [var item] && typeof(IEnumerable).IsAssignableFrom(type))
        {
            return ListOf(type, item, chance, depth);
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            return Enumerable.Range(0, chance.Next(4)).ToDictionary(i => $"{i}{Text(chance)}", _ => Text(chance));
        }
        // Every field of it, whatever its constructor asks for; what a form leaves out keeps its nothing.
        var made = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in Fields(type))
        {
            field.SetValue(made, IsNullable(field) && (depth > 2 || chance.Next(3) == 0) ? null : Make(field.FieldType, chance, depth + 1));
        }
        return made;
    }

    private static object ListOf(Type type, Type item, Random chance, int depth)
    {
        var array = Array.CreateInstance(item, chance.Next(4));
        for (var i = 0; i < array.Length; i++) array.SetValue(Make(item, chance, depth + 1), i);
        if (type.GetGenericTypeDefinition() != typeof(ImmutableArray<>)) return array;
        return typeof(ImmutableArray).GetMethods()
            .First(m => m.Name == "Create" && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(item).Invoke(null, [array])!;
    }

    private static object? Any(Array values, Random chance) => values.GetValue(chance.Next(values.Length));

    private static string Text(Random chance) => chance.Next(4) switch
    {
        0 => "",
        1 => "SM" + string.Concat(Enumerable.Range(0, 32).Select(_ => "0123456789abcdef"[chance.Next(16)])),
        2 => "Grüße 🌍" + chance.Next(),
        _ => new string((char)chance.Next('a', 'z'), chance.Next(1, 200)),
    };

    private static bool IsNullable(FieldInfo field) =>
        !field.FieldType.IsValueType && new NullabilityInfoContext().Create(field).ReadState == NullabilityState.Nullable;

    // What is worked out of other members (a getter with a value) is not a member of its own.
    private static IEnumerable<FieldInfo> Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        .Where(f =>
            f.Name.Contains(">k__BackingField", StringComparison.Ordinal)
                && type.GetProperty(NameOf(f), BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)?.SetMethod is not null)
        .Where(f => !LeftOut.ContainsKey($"{type.Name}.{NameOf(f)}"));

    private static string NameOf(FieldInfo field) => field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)];

    private static string? Difference(string at, object? before, object? after)
    {
        if (before is null || after is null)
        {
            return before is null && after is null ? null : $"{at}: {before ?? "null"} became {after ?? "null"}";
        }
        if (before is JsonElement json)
        {
            return json.GetRawText() == ((JsonElement)after).GetRawText() ? null : $"{at}: {json} became {after}";
        }
        if (before is string or decimal || before.GetType().IsPrimitive || before.GetType().IsEnum
            || before is DateTimeOffset or TimeSpan or DateOnly)
        {
            return before.Equals(after) ? null : $"{at}: {before} became {after}";
        }
        if (before is IReadOnlyDictionary<string, string> map)
        {
            return Difference(
                at, map.SelectMany(p => new[] { p.Key, p.Value }).ToArray(),
                ((IReadOnlyDictionary<string, string>)after).SelectMany(p => new[] { p.Key, p.Value }).ToArray());
        }
        if (before is IEnumerable list)
        {
            var (ones, others) = (list.Cast<object?>().ToArray(), ((IEnumerable)after).Cast<object?>().ToArray());
            if (ones.Length != others.Length) return $"{at}: {ones.Length} became {others.Length}";
            return ones.Select((one, i) => Difference($"{at}[{i}]", one, others[i])).FirstOrDefault(d => d is not null);
        }
        return Fields(before.GetType())
            .Select(f => Difference($"{at}.{NameOf(f)}", f.GetValue(before), f.GetValue(after)))
            .FirstOrDefault(d => d is not null);
    }
}
