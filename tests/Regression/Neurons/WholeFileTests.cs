using MWork.Probes.Neurons;
using MWork.Regression.Checkpoints;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_holds_the_text_and_nothing_else_and_takes_the_place_of_another()
    {
        WholeFile.Write(_folder.File("a"), "one, and longer");
        WholeFile.Write(_folder.File("a"), "két");
        File.ReadAllBytes(_folder.File("a")).ShouldBe("két"u8.ToArray());
        WholeFile.Read(_folder.File("a"), "").ShouldBe("két");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder.File("a")]);
    }

    [Fact]
    public void What_cannot_be_written_leaves_nothing_behind()
    {
        Directory.CreateDirectory(_folder.File("a"));
        Should.Throw<Exception>(() => WholeFile.Write(_folder.File("a"), "text")).ShouldBeAssignableTo<SystemException>();
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder.File("a")]);
    }

    [Fact]
    public void What_is_not_there_is_named_with_the_way_out() =>
        Should.Throw<NeuronFileException>(() => WholeFile.Read(_folder.File("a"), "look elsewhere")).Message
            .ShouldBe($"{_folder.File("a")}: there is no such file; look elsewhere.");
}
