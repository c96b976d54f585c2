namespace TwilioEmu.Kernel.Keeping;

/// <summary>Things to be done once, at an instant, whatever process lives then (durable timers).</summary>
/// <remarks>
/// Loop-confined. A room says once what an appointment of a kind comes to, as it attaches; what is due is told by words,
/// since a closure would end with the process. Those that fell due while no process lived are kept at once, in their order.
/// </remarks>
public sealed class Appointments
{
    private const string Prefix = "due/";

    private readonly World _world;
    private readonly Dictionary<string, Action<IReadOnlyList<string>>> _acts = new(StringComparer.Ordinal);

    internal Appointments(World world) => _world = world;

    /// <summary>What an appointment of a kind comes to.</summary>
    public void On(string kind, Action<IReadOnlyList<string>> act) => _acts.Add(kind, act);

    /// <summary>Makes one.</summary>
    /// <param name="kind">As told to <see cref="On"/>.</param>
    /// <param name="after">How long from now.</param>
    /// <param name="words">What it is about.</param>
    public void Make(string kind, TimeSpan after, params IReadOnlyList<string> words)
    {
        var at = _world.Clock.GetUtcNow() + after;
        var name = _world.Parts.NewName(Prefix);
        _world.Parts.Put(name, part =>
        {
            part.Instant("at", at);
            part.Text("kind", kind);
            part.Texts("words", words);
        });
        Wait(name, kind, after, words);
    }

    /// <summary>Takes up those that an earlier process made; once all rooms are attached.</summary>
    public void Resume()
    {
        foreach (var (name, part) in _world.Parts.TakeAll(Prefix))
        {
            var (at, kind, words) = (part.Instant("at", null), part.Text("kind", null), part.Texts("words", null));
            var left = at - _world.Clock.GetUtcNow();
            Wait(name, kind, left > TimeSpan.Zero ? left : TimeSpan.Zero, words);
        }
    }

    private void Wait(string name, string kind, TimeSpan after, IReadOnlyList<string> words) => _world.Clock.CreateTimer(
        kind,
        _ =>
        {
            _world.Parts.Drop(name);
            if (_acts.TryGetValue(kind, out var act)) act(words);
        },
        null, after, Timeout.InfiniteTimeSpan);
}
