using System.Collections;
using Strangers.Emulators;
using Twilio.Exceptions;
using Twilio.Types;

namespace Strangers.Sweeping;

/// <summary>Lives the life of each class the SDK has: created, listed, fetched, changed, removed, gone.</summary>
internal sealed class Sweep(Stranger stranger, Values values, Action<string> settle)
{
    private const int Enough = 500;

    private readonly Asking _asking = new(values, stranger.Sid);
    private readonly List<Life> _lives = [];

    public IReadOnlyList<Life> Walk()
    {
        foreach (var kind in Kind.All)
        {
            var life = new Life(kind, () => stranger.Seen.Last);
            _lives.Add(life);
            Live(life);
        }
        // What nobody makes by itself may have come meanwhile, and what lies below it can be reached: keys from new keys.
        foreach (var life in _lives.Where(l => l.HasNobody).ToList())
        {
            life.HasNobody = false;
            Live(life);
        }
        return _lives;
    }

    private void Live(Life life)
    {
        var kind = life.Kind;
        // 1. Create; and one with all that can be said.
        var kept = Do(life, "Create", "create", "create");
        if (kept is not null)
        {
            _asking.Meet(kind, kept);
            if (!IsNamedByItsMaker(life, kept)) SaysAll(life, "Create", "whole", null);
            _asking.Meet(kind, kept);
        }
        // 2. List, and find it.
        var first = Listed(life, kept);
        if (kept is null && first is not null) _asking.Meet(kind, first);
        // 3. Live on, as the one created, the first one listed, or one that is known to be there.
        LiveOn(life, kept);
        // 4. Another one goes.
        if (kept is null || kind.OptionsOf("Delete") is null) return;
        var doomed = IsNamedByItsMaker(life, kept) ? kept : Do(life, "Create", "create", "create");
        if (doomed is null) return;
        if (!ReferenceEquals(doomed, kept)) SaysAll(life, "Update", "rewrite", doomed);
        Goes(life, doomed);
    }

    private void LiveOn(Life life, object? kept)
    {
        var kind = life.Kind;
        // Of what is listed or made, one must be there; what is one of a kind is there without.
        if (!_asking.HasMet(kind) && values.KeysOf(kind.Path) is null && (kind.OptionsOf("Read") ?? kind.OptionsOf("Create")) is not null)
        {
            life.HasNobody = true;
            return;
        }
        if (kind.OptionsOf("Fetch") is { } fetch && _asking.Fill(kind, fetch, "fetch", kept) is null) life.HasNobody = true;
        if (!_asking.HasMet(kind) && values.KeysOf(kind.Path) is not null) Do(life, "Update", "update", "update");
        var seen = Do(life, "Fetch", "fetch", "fetch", kept);
        if (seen is not null && kept is not null && Asking.Shown(kept, "Sid") is string sid && Asking.Shown(seen, "Sid") is string other && sid != other) life.Fault("fetch", $"another one was fetched: {other} instead of {sid}");
        if (seen is not null && !_asking.HasMet(kind)) _asking.Meet(kind, seen);
        if (kind.OptionsOf("Update") is not null && (_asking.HasMet(kind) || kept is not null)) Changes(life, seen ?? kept);
    }

    /// <summary>Changes it, and sees the change in the answer and in a fetch.</summary>
    private void Changes(Life life, object? before)
    {
        Settle(life, "update");
        if (_asking.Fill(life.Kind, life.Kind.OptionsOf("Update")!, "update", before) is not var (options, given)) return;
        var (name, value) = values.OfClass(life.Kind.Path, "update").Count > 0 || before is null ? (null, null) : Change(options, given, before);
        if (name is not null) options.GetType().GetProperty(name)!.SetValue(options, value);
        var after = life.Attempt("update", () => life.Kind.Call("Update", options, stranger.Client));
        if (after is null || name is null || after.GetType().GetProperty(name) is null) return;
        if (!IsLike(Asking.Shown(after, name), value))
        {
            life.Fault("change", $"{name} was set to {Asking.Spelt(value)}, the answer says {Asking.Spelt(Asking.Shown(after, name))}");
            return;
        }
        if (Do(life, "Fetch", "fetch", "fetch", before) is { } again && !IsLike(Asking.Shown(again, name), value))
        {
            life.Fault("change", $"{name} was set to {Asking.Spelt(value)}, a fetch says {Asking.Spelt(Asking.Shown(again, name))}");
            return;
        }
        life.Done.Add("change");
    }

    /// <summary>A change that can be seen: a text, a URL, a truth, a word that the resource shows too.</summary>
    private (string? Name, object? Value) Change(object options, Dictionary<string, object> given, object before)
    {
        var shown = options.GetType().GetProperties().Where(p => p.CanWrite && p.SetMethod!.IsPublic && before.GetType().GetProperty(p.Name) is not null).ToList();
        var text = shown.FirstOrDefault(p => p.PropertyType == typeof(string) && System.Text.RegularExpressions.Regex.IsMatch(p.Name, "(Name|Description|Title|Body)$") && !p.Name.Contains("Unique", StringComparison.Ordinal) && !p.Name.Contains("Domain", StringComparison.Ordinal));
        if (text is not null) return (text.Name, values.Fill("changed-@unique"));
        if (shown.FirstOrDefault(p => p.PropertyType == typeof(Uri)) is { } url) return (url.Name, new Uri("https://example.com/changed"));
        if (shown.FirstOrDefault(p => p.PropertyType == typeof(bool?)) is { } truth) return (truth.Name, Asking.Shown(before, truth.Name) is not true);
        if (shown.FirstOrDefault(p => p.PropertyType.IsSubclassOf(typeof(StringEnum)) && !given.ContainsKey(p.Name)) is not { } word) return (null, null);
        var words = Values.Words(word.PropertyType);
        return (word.Name, words.FirstOrDefault(w => w.ToString() != Asking.Spelt(Asking.Shown(before, word.Name))) ?? words[0]);
    }

    /// <summary>Gives a method all it takes, and holds the answer against it.</summary>
    private void SaysAll(Life life, string method, string verb, object? one)
    {
        if (life.Kind.OptionsOf(method) is not { } type) return;
        Settle(life, "update");
        if (_asking.Fill(life.Kind, type, verb, one, all: true) is not var (options, given)) return;
        if (_asking.Fill(life.Kind, type, method == "Create" ? "create" : "update", one) is var (_, required) && required.Count == given.Count) return;
        var made = life.Attempt(verb, () => life.Kind.Call(method, options, stranger.Client));
        if (made is null) return;
        foreach (var (name, value) in given)
        {
            if (made.GetType().GetProperty(name, System.Reflection.BindingFlags.IgnoreCase | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance) is null) continue;
            if (IsLike(Asking.Shown(made, name), value)) life.Shown++;
            else life.Fault("shows", $"{name} was given as {Asking.Spelt(value)}, the answer says {Asking.Spelt(Asking.Shown(made, name))}");
        }
    }

    private object? Listed(Life life, object? kept)
    {
        if (life.Kind.OptionsOf("Read") is not { } type || _asking.Fill(life.Kind, type, "list") is not var (options, _)) return null;
        type.GetProperty("Limit")?.SetValue(options, (long?)Enough);
        var listed = life.Attempt("list", () => ((IEnumerable)life.Kind.Call("Read", options, stranger.Client)!).Cast<object>().ToList());
        if (listed is null) return null;
        foreach (var resource in listed) values.Remember(Asking.Shown(resource, "Sid") as string);
        if (kept is not null && Asking.Shown(kept, "Sid") is string sid && !listed.Any(r => Asking.Shown(r, "Sid") as string == sid)) life.Fault("list", $"what was created is not among the {listed.Count} listed");
        return listed.FirstOrDefault();
    }

    private void Goes(Life life, object doomed)
    {
        Settle(life, "remove");
        if (_asking.Fill(life.Kind, life.Kind.OptionsOf("Delete")!, "remove", doomed) is not var (options, _)) return;
        if (life.Attempt("remove", () => life.Kind.Call("Delete", options, stranger.Client)) is not true)
        {
            if (life.Done.Contains("remove")) life.Fault("remove", "Delete did not answer true");
            return;
        }
        if (life.Kind.OptionsOf("Fetch") is not { } fetch || _asking.Fill(life.Kind, fetch, "fetch", doomed) is not var (asked, _)) return;
        try
        {
            life.Kind.Call("Fetch", asked, stranger.Client);
            life.Fault("gone", "it is still there after its removal");
        }
        catch (ApiException refused) when (refused is { Status: 404, Code: 20404 })
        {
            life.Done.Add("gone");
        }
        catch (ApiException refused)
        {
            life.Fault("gone", $"{refused.Status}/{refused.Code} {refused.Message}");
        }
    }

    private object? Do(Life life, string method, string verb, string name, object? one = null) =>
        life.Kind.OptionsOf(method) is { } type && _asking.Fill(life.Kind, type, name, one) is var (options, _) ? life.Attempt(verb, () => life.Kind.Call(method, options, stranger.Client)) : null;

    /// <summary>True when a second one would be the same: the parameters of a create name it themselves (a country), or there is only one of a kind.</summary>
    private bool IsNamedByItsMaker(Life life, object kept)
    {
        if (_asking.Fill(life.Kind, life.Kind.OptionsOf("Create")!, "create") is not var (_, given)) return true;
        var delete = life.Kind.OptionsOf("Delete")?.GetConstructors().SelectMany(c => c.GetParameters()).LastOrDefault(p => p.Name!.StartsWith("path", StringComparison.Ordinal));
        if (delete is null) return Asking.Shown(kept, "Sid") is null;
        var key = Asking.Spelt(Asking.Shown(kept, delete.Name!["path".Length..]) ?? Asking.Shown(kept, "Sid"));
        return key.Length > 0 && given.Values.Any(v => Asking.Spelt(v) == key);
    }

    private void Settle(Life life, string verb)
    {
        if (values.Settles(life.Kind.Path, verb) is { } time) settle(time);
    }

    private static bool IsLike(object? got, object? value) => Asking.Spelt(got) == Asking.Spelt(value) || (got is IList && Asking.Spelt(got) == Asking.Spelt(new[] { value }));
}
