using TwilioEmu.Composition;

namespace TwilioEmu.Tests.State;

/// <summary>
/// The state of a world is its records and entries; whoever keeps anything beside them has said what becomes of it when the process ends.
/// </summary>
public sealed class StateTests
{
    private static readonly IReadOnlyList<Keeping> Found = [.. Keepings.OfHouse()];

    [Fact]
    public void Collections_are_found_at_all() =>
        Found.Select(k => k.Type).Should().Contain(["Accounts.Numbers.NumberBook", "Voice.Calls.CallBook"]);

    [Fact]
    public void Whoever_keeps_a_collection_says_what_becomes_of_it() =>
        string.Join('\n', Found.Where(k => !StateMap.Rows.ContainsKey(k.Type) && !StateMap.Floors.ContainsKey(k.Project))).Should().BeEmpty(
            "state is declared (StateMap): a table, or else a projection of tables, a part kept beside them, or a transient with what a "
                + "restart does");

    [Fact]
    public void Nobody_is_declared_who_keeps_nothing() =>
        string.Join('\n', StateMap.Rows.Keys.Except(Found.Select(k => k.Type)))
            .Should().BeEmpty("a row that means nothing any more is struck");

    [Fact]
    public void Nobody_is_declared_whose_whole_project_is() =>
        StateMap.Rows.Keys.Where(t => StateMap.Floors.Keys.Any(p => t.StartsWith(p + ".", StringComparison.Ordinal))).Should().BeEmpty();

    [Fact]
    public void What_a_restart_loses_is_told_at_every_start_that_goes_on() =>
        StateMap.Rows.Values.Where(r => r.Becomes == Fate.Lost && !Transients.All.Contains(r.Told))
            .Should().BeEmpty("a user is told in the words of Transients");

    [Fact]
    public void What_is_told_as_lost_is_kept_by_somebody() =>
        Transients.All.Except(StateMap.Rows.Values.Select(r => r.Told))
            .Except(StateMap.LostElsewhere.Keys)
            .Should().BeEmpty("a sentence that nobody's state is behind may be untrue by now");

    [Fact]
    public void What_is_rebuilt_asks_the_world_for_its_records()
    {
        foreach (var (type, row) in StateMap.Rows.Where(r => r.Value.Becomes == Fate.Rebuilt))
        {
            var owner = row.Told.Length > 0 ? row.Told : type;
            Keepings.CallsOf(owner)
                .Should().Contain(
                    c =>
                        c == "World.Project" || c == "World.ProjectSaved" || c == "World.Store"
                            || c.StartsWith("Appointments.", StringComparison.Ordinal),
                    owner);
        }
    }

    [Fact]
    public void What_is_kept_beside_records_is_put_and_taken_up()
    {
        foreach (var (type, row) in StateMap.Rows.Where(r => r.Value.Becomes == Fate.Part))
        {
            Keepings.CallsOf(row.Told.Length > 0 ? row.Told : type).Should().Contain("KeptParts.Put", type);
        }
    }
}
