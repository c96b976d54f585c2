namespace TwilioEmu.Kernel.Settings;

/// <summary>
/// Options that rooms of a world heed (below the config language, which lists them with its own in the order of <c>--help</c>).
/// </summary>
public static class WorldSettings
{
    private static readonly List<ServeSetting> Rows = [];

    /// <summary>True keeps what has no effect in the emulator; false answers 501. Of every command that has a world.</summary>
    public static ServeSetting<bool> StoresUnbuilt { get; } = Row(ServeSetting.Choice(
        "unbuilt", ("refuse", false), ("store", true), usual: false,
        "operations whose main effect is not emulated: refuse answers 501 and says so, store keeps them as if all were well (refuse)"));

    /// <summary>True lets the callbacks of one message wait for each other's answers whatever the clock.</summary>
    public static ServeSetting<bool> OrdersCallbacks { get; } = Row(ServeSetting.Choice(
        "callbacks", ("ordered", true), ("off", false), usual: false,
        "ordered: status callbacks of one message wait for each other's answers; off: in real and scaled time they overlap, as live "
            + "ones do (off)"));

    /// <summary>All, in the order of <c>--help</c>.</summary>
    public static IReadOnlyList<ServeSetting> All => Rows;

    // A world heeds them from its beginning on.
    private static ServeSetting<T> Row<T>(ServeSetting<T> row)
    {
        row = row with { IsOfWorld = true };
        Rows.Add(row);
        return row;
    }
}
