using TwilioEmu.Console.Control;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Options;

public sealed class ControlPageTests
{
    [Fact]
    public async Task The_page_of_the_control_API_is_as_its_rows_write_it() =>
        await Repository.PageShouldBeAsync("control-api.md", ControlReference.WritePage());
}
