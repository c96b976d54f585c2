namespace TwilioEmu.Carrier.Handsets.Deeds;

/// <summary>Every deed of a person at a phone (registry).</summary>
public static class DeedRegistry
{
    /// <summary>In the order they are told in messages and on the reference page.</summary>
    public static IReadOnlyList<Deed> All { get; } =
        [
            new WaitsDeed(), new AnswersDeed(), new HearsDeed(), new WhenDeed(), new RepeatsDeed(), new PressesDeed(), new SaysDeed(),
            new PlaysDeed(), new HoldsDeed(), new ResumesDeed(),
            new TransfersDeed(), new HangsUpDeed(),
        ];

    /// <summary>Those that can be done by hand.</summary>
    public static IReadOnlyList<Deed> ByHand { get; } = [.. All.Where(d => d.IsByHand)];

    /// <summary>The deed of a step.</summary>
    public static Deed Of(ScriptStep step) =>
        All.FirstOrDefault(d => d.Does(step)) ?? throw new InvalidOperationException($"no deed does {step.GetType().Name}");

    /// <summary>The deed of a word, or null.</summary>
    public static Deed? Find(string word) => All.FirstOrDefault(d => d.Word == word);
}
