using TwilioEmu.Console.Control;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Options;

public sealed class ControlPageTests
{
    [Fact]
    public async Task The_page_of_the_control_API_is_as_its_rows_write_it() =>
        (await Repository.MadePageAsync("control-api.md", ControlReference.WritePage()))
            .Should().Be(ControlReference.WritePage(), "TWILIOEMU_WRITE_DOCS=1 writes it anew");
}
